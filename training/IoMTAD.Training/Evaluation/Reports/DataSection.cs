using System.Xml.Linq;
using IoMTAD.Training.Datasets;
using static IoMTAD.Training.Evaluation.Reports.Html;
using static IoMTAD.Training.Evaluation.Reports.Number;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>What the figures were measured on, so that somebody else can tell whether theirs may be compared.</summary>
internal static class DataSection
{
    /// <param name="unseen">Labels that the training data did not hold; null where nobody looked.</param>
    public static XElement Of(DataCard data, IReadOnlyList<string>? unseen) => Section("data", "The data",
        Tag("dl.facts",
            Fact("Schema", data.Schema), Fact("SHA-256", Tag("code.digest", data.Sha256)),
            Fact("Files", $"{Count(data.Files.Count)}, {Counted(data.Files.Sum(f => (long)f.Rows), "row")}, "
                + $"{Count(data.Files.Sum(f => (long)f.Skipped))} skipped as unreadable"),
            Fact("Repeated rows", $"{Count(data.DuplicateTrainRows)} within the training part, {Count(data.DuplicateTestRows)} within the test part, "
                + $"{Count(data.TestRowsInTrain)} of the test part stand in the training part too"),
            Fact("Repeated test sequences", $"{Count(data.DuplicateTestSequences)}, "
                + (data.DuplicatesDropped ? "left out of all figures" : "measured like all others: figures may flatter")),
            unseen is null ? null : Fact("Unseen classes", unseen.Count == 0 ? "none: the training data held all classes of the test data"
                : $"{string.Join(", ", unseen)}: not in the training data, so they count in detection alone")),
        data.Files.Count == 0 ? null : new object[] { Labels(data), Tag("details", Tag("summary", $"All {Count(data.Files.Count)} files"), Files(data)) },
        Note("The digest covers all files and how they were read: equal digests mean equal data. Rows are those of a CSV, or segments of a capture. "
            + "Figures on other files, or with repeats kept, must not be compared with these."));

    private static XElement[] Fact(string name, object value) => [Tag("dt", name), Tag("dd", value)];

    private static XElement Labels(DataCard data) => Table.Of<IGrouping<string, DataCardFile>>("Rows by label",
        [
            new("Label", g => g.Key),
            .. data.Files.Select(f => f.Part).Distinct().OrderByDescending(p => p, StringComparer.Ordinal)
                .SelectMany(part => new Column<IGrouping<string, DataCardFile>>[]
                {
                    new($"Files, {part}", g => Count(g.Count(f => f.Part == part))),
                    new($"Rows, {part}", g => Count(g.Where(f => f.Part == part).Sum(f => (long)f.Rows))),
                }),
            new("Skipped", g => Count(g.Sum(f => (long)f.Skipped))),
        ],
        data.Files.GroupBy(f => f.Label, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal));

    private static XElement Files(DataCard data) => Table.Of<DataCardFile>("Files as they were read",
        [
            new("File", f => f.Name), new("Part", f => f.Part, null, "word"), new("Label", f => f.Label, null, "word"), new("Rows", f => Count(f.Rows)),
            new("Skipped", f => Count(f.Skipped)),
        ],
        data.Files);
}
