using System.Buffers;
using System.CommandLine;
using System.Text;
using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;
using IoMTAD.Local.Capture;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad extract</c>: feature rows from captures, in our schema or in the dataset's.</summary>
internal static class ExtractCommand
{
    private const int FlushAt = 1 << 20;

    public static Command Build(Terminal terminal)
    {
        var files = Files.Argument("Captures (pcap, pcapng).");
        var schema = new Option<string>("--schema")
        {
            Description = "Which features: window-v1 (ours, per device), ciciomt2024-v1 or ciciomt2024-v2 (the dataset's own columns).",
            HelpName = "NAME", DefaultValueFactory = _ => WindowSchema.Schema.Name,
        };
        schema.AcceptOnlyFromAmong(WindowSchema.Schema.Name, CicIoMT2024.V1.Name, CicIoMT2024.V2.Name);
        var output = new Option<string?>("--out") { Description = "CSV file to write; standard output without it.", HelpName = "FILE" };
        var rows = new Option<int>("--rows")
        {
            Description = "Packets per row of the dataset's schemas: 10, or 100 as in its floods.", HelpName = "N", DefaultValueFactory = _ => 10,
        };
        var inventory = CommonOptions.Inventory();
        var command = new Command("extract", "Writes feature rows from captures as CSV.") { files, schema, output, rows, inventory };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(rows) < 1) throw new CommandException("--rows must be at least 1", ExitCode.WrongUse);
            var paths = Files.Require(parsed.GetValue(files)!);
            var devices = Files.Inventory(parsed.GetValue(inventory));
            var faults = 0;
            await using var stream = parsed.GetValue(output) is { } path ? new FileStream(path, FileMode.Create) : Console.OpenStandardOutput();
            var buffer = new ArrayBufferWriter<byte>();
            foreach (var (file, first) in paths.Select((file, i) => (file, i == 0)))
            {
                var written = Rows(file, parsed.GetValue(schema)!, first, parsed.GetValue(rows), devices, buffer, OnFault);
                foreach (var _ in written)
                {
                    if (buffer.WrittenCount < FlushAt) continue;
                    await stream.WriteAsync(buffer.WrittenMemory, cancellation);
                    buffer.ResetWrittenCount();
                }
            }
            await stream.WriteAsync(buffer.WrittenMemory, cancellation);
            return faults == 0 ? ExitCode.Done : ExitCode.FaultInInput;

            void OnFault(string fault)
            {
                faults++;
                terminal.Error.WriteLine($"iomtad: {fault}");
            }
        });
        return command;
    }

    private static IEnumerable<long> Rows(
        string file, string schema, bool first, int packetsPerRow, DeviceInventory inventory, ArrayBufferWriter<byte> output, Action<string> onFault) =>
        schema == WindowSchema.Schema.Name ? Windows(file, first, inventory, output, onFault)
        : schema == CicIoMT2024.V1.Name ? DatasetV1(file, first, packetsPerRow, output, onFault)
        : DatasetV2(file, first, packetsPerRow, output, onFault);

    private static IEnumerable<long> Windows(
        string file, bool first, DeviceInventory inventory, ArrayBufferWriter<byte> output, Action<string> onFault)
    {
        if (first)
        {
            output.Write("device,segment,"u8);
            FeatureCsv.WriteHeader(WindowSchema.Schema, output);
        }
        var segmenter = new Segmenter(inventory, Path.GetFileName(file));
        var reader = new SegmentReader(WindowSchema.Schema);
        var batch = new SequenceBatch(WindowSchema.Schema.ModelColumns.Count);
        foreach (var bytes in CaptureFile.ReadFrames(file, segmenter.Add, onFault))
        {
            Write();
            yield return bytes;
        }
        segmenter.Flush();
        Write();

        void Write()
        {
            while (segmenter.TryTake(out var segment))
            {
                batch.Clear();
                if (reader.Read(segment, batch).Steps == 0) continue;
                for (var step = 0; step < batch.Lengths[0]; step++) WriteWindow(segment, batch.Step(0, step), output);
            }
        }
    }

    private static void WriteWindow(Segment segment, ReadOnlySpan<float> window, ArrayBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"{segment.Device},{segment.Position.Offset},".AsSpan(), output);
        Span<double> row = stackalloc double[window.Length];
        for (var i = 0; i < row.Length; i++) row[i] = Math.Round(window[i], 6);
        FeatureCsv.WriteRow(row, output);
    }

    private static IEnumerable<long> DatasetV1(string file, bool first, int rows, ArrayBufferWriter<byte> output, Action<string> onFault)
    {
        if (first) FeatureCsv.WriteHeader(CicIoMT2024.V1, output);
        var extractor = new CicIoMT2024V1Extractor(row => FeatureCsv.WriteRow(row, output), rows);
        var packet = default(Packet);
        foreach (var bytes in CaptureFile.ReadFrames(file, Add, onFault)) yield return bytes;
        extractor.Finish();

        void Add(in Frame frame)
        {
            PacketDecoder.Decode(frame, ref packet);
            extractor.Add(frame.LinkType, packet);
        }
    }

    private static IEnumerable<long> DatasetV2(string file, bool first, int rows, ArrayBufferWriter<byte> output, Action<string> onFault)
    {
        if (first) FeatureCsv.WriteHeader(CicIoMT2024.V2, output);
        var extractor = new CicIoMT2024V2Extractor(row => FeatureCsv.WriteRow(row, output, CicIoMT2024V2Extractor.WholeColumns), rows);
        var packet = default(Packet);
        foreach (var bytes in CaptureFile.ReadFrames(file, Add, onFault)) yield return bytes;
        extractor.Finish();

        void Add(in Frame frame)
        {
            PacketDecoder.Decode(frame, ref packet);
            extractor.Add(frame.LinkType, packet);
        }
    }
}
