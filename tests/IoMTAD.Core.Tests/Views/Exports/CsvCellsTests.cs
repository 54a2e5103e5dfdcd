using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Views.Exports;

namespace IoMTAD.Core.Tests.Views.Exports;

public sealed class CsvCellsTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("say \"hi\", you", "\"say \"\"hi\"\", you\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("plain", "plain")]
    public void Text_is_quoted_and_never_a_formula(string text, string cell) => Assert.Equal(cell, CsvCells.Line(text));

    [Fact]
    public void Numbers_and_times_stay_what_they_are() =>
        Assert.Equal("-3.5,7,2026-01-31T12:00:00.0000000Z,,NaN",
            CsvCells.Line(-3.5, 7L, new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), null, double.NaN));

    [Fact]
    public void Whatever_is_written_reads_back() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>[]>(), cells =>
        cells.Length == 0 || Read(CsvCells.Line(cells.Select(c => (object?)c.Get)))
            .Zip(cells, (read, cell) => read == cell.Get || read == $"'{cell.Get}").All(same => same))
        .QuickCheckThrowOnFailure();

    /// <summary>By RFC 4180, and nothing of ours.</summary>
    private static List<string> Read(string line)
    {
        List<string> cells = [];
        for (var at = 0; at <= line.Length; at++)
        {
            var cell = "";
            if (at < line.Length && line[at] == '"')
            {
                for (at++; line[at] != '"' || (at + 1 < line.Length && line[at + 1] == '"'); at++)
                {
                    cell += line[at];
                    if (line[at] == '"') at++;
                }
                at++;
            }
            else
                for (; at < line.Length && line[at] != ','; at++) cell += line[at];
            cells.Add(cell);
        }
        return cells;
    }
}
