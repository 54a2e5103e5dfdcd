using System.Buffers;
using System.Text;
using IoMTAD.Capture;
using IoMTAD.Features;
using static IoMTAD.Core.Tests.Features.CicPackets;

namespace IoMTAD.Core.Tests.Features;

public sealed class RowFeaturesTests
{
    private static byte[] Csv(FeatureSchema schema, IEnumerable<double[]> rows, IReadOnlyList<bool>? whole = null)
    {
        var output = new ArrayBufferWriter<byte>();
        FeatureCsv.WriteHeader(schema, output);
        foreach (var row in rows) FeatureCsv.WriteRow<double>(row, output, whole);
        return output.WrittenSpan.ToArray();
    }

    private static SegmentSummary Read(FeatureSchema schema, SegmentContent content, byte[] value, out SequenceBatch batch)
    {
        batch = new SequenceBatch(schema.ModelColumns.Count);
        return new SegmentReader(schema).Read(new Segment("capture", content, default, value), batch);
    }

    [Fact]
    public void Rows_written_from_packets_read_back_as_the_models_columns()
    {
        var packets = Enumerable.Range(0, 55).Select(i => Tcp(i * 0.37, 40 + 7 * i)).ToList();
        Check(CicIoMT2024.V1, SegmentContent.CicIoMT2024V1, V1(packets), null);
        Check(CicIoMT2024.V2, SegmentContent.CicIoMT2024V2, V2(packets), CicIoMT2024V2Extractor.WholeColumns);

        static void Check(FeatureSchema schema, SegmentContent content, List<double[]> rows, IReadOnlyList<bool>? whole)
        {
            var summary = Read(schema, content, Csv(schema, rows, whole), out var batch);
            Assert.Equal(new SegmentSummary(6, 0, 6, 0, 0, 0, null), summary);
            for (var step = 0; step < 6; step++)
                Assert.Equal(schema.ModelColumns.Select(column => (float)rows[step][column]), batch.Step(0, step).ToArray());
        }
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_passed_over_and_named()
    {
        var rows = V2(Enumerable.Range(0, 21).Select(i => Tcp(i, 40)));
        var summary = Read(CicIoMT2024.V2, SegmentContent.CicIoMT2024V2, Csv(CicIoMT2024.V2, rows), out var batch);
        Assert.Equal((3, 1, 2), (summary.Frames, summary.Undecodable, summary.Steps));
        Assert.Contains("row 3, column 4", summary.Fault, StringComparison.Ordinal);
        Assert.Equal([2], batch.Lengths.ToArray());
    }

    [Fact]
    public void Another_formats_header_no_rows_and_too_many_are_faults()
    {
        var rows = V1(Enumerable.Range(0, 110).Select(i => Tcp(i, 40)));
        Refused(CicIoMT2024.V2, SegmentContent.CicIoMT2024V2, Csv(CicIoMT2024.V1, rows.Take(1)));
        Refused(CicIoMT2024.V2, SegmentContent.CicIoMT2024V1, Csv(CicIoMT2024.V1, rows.Take(1)));
        Refused(CicIoMT2024.V1, SegmentContent.CicIoMT2024V1, Csv(CicIoMT2024.V1, []));
        Refused(CicIoMT2024.V1, SegmentContent.CicIoMT2024V1, Csv(CicIoMT2024.V1, rows));
        Refused(CicIoMT2024.V1, SegmentContent.CicIoMT2024V1, []);
        Refused(WindowSchema.Schema, SegmentContent.CicIoMT2024V1, Csv(CicIoMT2024.V1, rows.Take(1)));
        Refused(CicIoMT2024.V1, SegmentContent.Pcap, Encoding.UTF8.GetBytes("no capture"));

        static void Refused(FeatureSchema schema, SegmentContent content, byte[] value)
        {
            var summary = Read(schema, content, value, out var batch);
            Assert.Equal((0, 0), (summary.Steps, batch.Count));
            Assert.NotNull(summary.Fault);
        }
    }
}
