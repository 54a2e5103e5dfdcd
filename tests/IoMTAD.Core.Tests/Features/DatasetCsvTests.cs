using System.Text;
using IoMTAD.Features;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Features;

public sealed class DatasetCsvTests
{
    private static readonly byte[] Header = Bytes(string.Join(',', CicIoMT2024.V1.Columns.Select(c => c.Name)));

    [Fact]
    public void The_format_is_recognised_by_its_names()
    {
        Assert.Same(CicIoMT2024.V1, DatasetCsv.FromHeader(Header)!.Schema);
        Assert.Same(CicIoMT2024.V2, DatasetCsv.FromHeader(Bytes(string.Join(',', CicIoMT2024.V2.Columns.Select(c => c.Name))))!.Schema);
        Assert.NotNull(DatasetCsv.FromHeader([0xEF, 0xBB, 0xBF, .. Header]));
        Assert.Null(DatasetCsv.FromHeader(Header.AsSpan(1)));
        Assert.Null(DatasetCsv.FromHeader([.. Header, (byte)',']));
        Assert.Null(DatasetCsv.FromHeader(default));
    }

    [Fact]
    public void A_row_holds_the_model_columns_in_order()
    {
        var csv = DatasetCsv.FromHeader(Header)!;
        var row = new float[39];
        Assert.True(csv.TryReadRow(Row(i => $"{i}.5"), row, out _));
        Assert.Equal(CicIoMT2024.V1.ModelColumns.Select(i => i + 0.5f), row);
    }

    [Theory]
    [InlineData("NaN", 7)]
    [InlineData("inf", 1)]
    [InlineData("-Infinity", 45)]
    [InlineData("", 3)]
    [InlineData("twelve", 12)]
    [InlineData("1e99", 20)]
    [InlineData("1.5x", 39)]
    public void What_is_no_number_is_a_failure_with_line_and_column_and_the_next_row_is_read(string bad, int column)
    {
        var csv = DatasetCsv.FromHeader(Header)!;
        var row = new float[39];
        Assert.False(csv.TryReadRow(Row(i => i == column - 1 ? bad : "1"), row, out var failure));
        Assert.Equal(new DatasetCsvFailure(DatasetCsvReason.NotANumber, 2, column), failure);
        Assert.True(csv.TryReadRow(Row(_ => " 1e-3 "), row, out _));
        Assert.Equal(3, csv.Line);
        Assert.All(row, x => Assert.Equal(1e-3f, x));
    }

    [Fact]
    public void Too_few_and_too_many_values_are_failures()
    {
        var csv = DatasetCsv.FromHeader(Header)!;
        var row = new float[39];
        Assert.False(csv.TryReadRow("1,2,3"u8, row, out var failure));
        Assert.Equal(new DatasetCsvFailure(DatasetCsvReason.ColumnCount, 2, 3), failure);
        Assert.False(csv.TryReadRow([.. Row(_ => "1"), .. ",1"u8], row, out failure));
        Assert.Equal(new DatasetCsvFailure(DatasetCsvReason.ColumnCount, 3, 45), failure);
        Assert.False(csv.TryReadRow(default, row, out failure));
        Assert.Equal(DatasetCsvReason.ColumnCount, failure.Reason);
    }

    [Fact]
    public void Lines_are_taken_as_their_bytes_arrive()
    {
        ReadOnlySpan<byte> bytes = "one\r\ntwo\nthr"u8;
        Assert.True(DatasetCsv.TryTakeLine(ref bytes, last: false, out var line));
        Assert.True(line.SequenceEqual("one"u8));
        Assert.True(DatasetCsv.TryTakeLine(ref bytes, last: false, out line));
        Assert.True(line.SequenceEqual("two"u8));
        Assert.False(DatasetCsv.TryTakeLine(ref bytes, last: false, out _));
        Assert.True(DatasetCsv.TryTakeLine(ref bytes, last: true, out line));
        Assert.True(line.SequenceEqual("thr"u8));
        Assert.False(DatasetCsv.TryTakeLine(ref bytes, last: true, out _));
    }

    [Fact]
    public void Reading_a_row_allocates_nothing()
    {
        var csv = DatasetCsv.FromHeader(Header)!;
        var (text, row) = (Row(i => $"{i}.25"), new float[39]);
        Assert.Equal(0, Allocations.Of(() => csv.TryReadRow(text, row, out _)));
    }

    private static byte[] Row(Func<int, string> value) => Bytes(string.Join(',', Enumerable.Range(0, 45).Select(value)));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
