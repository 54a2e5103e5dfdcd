using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>A confusion matrix as a table that is shaded by the shares of its rows.</summary>
internal static class ConfusionTable
{
    private const int Roomy = 12;

    public static XElement Of(ConfusionMatrix confusion) => Scroll("Confusion matrix",
        Tag(confusion.Labels.Count > Roomy ? "table.confusion.dense" : "table.confusion",
            Tag("caption", "Sequences by class (down) and answer (across)"),
            Tag("thead", Tag("tr", Tag("th", With("scope", "col"), "Class"),
                confusion.Labels.Select(l => Tag("th.answer", With("scope", "col"), Tag("span", l))),
                Tag("th.answer.all", With("scope", "col"), Tag("span", "all")))),
            Tag("tbody", confusion.Labels.Select((label, truth) => Row(confusion, label, truth)))));

    private static XElement Row(ConfusionMatrix confusion, string label, int truth)
    {
        var counts = confusion.Counts[truth];
        var all = counts.Sum(c => (long)c);
        return Tag("tr", Tag("th", With("scope", "row"), label),
            counts.Select((count, answer) => Cell(count, answer)), Tag("td.number.all", Number.Count(all)));

        XElement Cell(int count, int answer)
        {
            if (count == 0) return Tag(answer == truth ? "td.right" : "td");
            var share = (double)count / all;
            return Tag(answer == truth ? "td.right.shade" : "td.wrong.shade", Table.Length(share),
                With("title", $"{label} taken for {confusion.Labels[answer]}: {Number.Share(share)}"), Number.Count(count));
        }
    }
}
