using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;
using static IoMTAD.Training.Evaluation.Reports.Number;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>Classifiers side by side, as one HTML file for people. The same comparison gives the same bytes.</summary>
public static class ComparisonPage
{
    public static string Render(ModelComparison comparison) => Page.Render(
        $"{Counted(comparison.Models.Count, "model")} at {Counted(comparison.Classes, "class", "classes")}",
        $"Schema {comparison.Data.Schema} · data {comparison.Data.Sha256[..Math.Min(12, comparison.Data.Sha256.Length)]} · seed {comparison.Seed}",
        comparison.Models.Count == 0
            ? [Tag("section", Tag("h2", "Nothing to compare"), Note("No model was trained.")), DataSection.Of(comparison.Data, null)]
            : [Figures(comparison), Chart(comparison), Classes(comparison), .. Detectors(comparison), DataSection.Of(comparison.Data, null)]);

    private static XElement Figures(ModelComparison comparison)
    {
        var leaks = comparison.Models.Any(m => m.WithLeaks is not null);
        return Section("figures", "Figures",
            Table.Of<ComparedModel>("Trained on the same sequences and measured on the same others",
                [
                    new("Model", m => m.Name),
                    .. Measure.All.SelectMany(measure => leaks ? new[] { Column(measure, false), Column(measure, true) } : [Column(measure, false)]),
                    new("Training", m => double.IsFinite(m.TrainingSeconds)
                        ? $"{Plain(Math.Round(m.TrainingSeconds, m.TrainingSeconds < 10 ? 1 : 0))}\u00a0s"
                        : "–"),
                ],
                comparison.Models),
            Note("Precision, recall and F1 are macro averages: plain means over classes, the rare ones counting as much as the common ones. Accuracy counts "
                + "sequences, so a class with many of them outweighs the others. Training time is by the clock, on as many threads as a model can use."),
            leaks ? Note("“With leaks” is what the columns that give the label away (they tell the recording, not the behaviour) would have given. "
                + "Results in the literature often hold them; such figures say little about other networks.") : null);
    }

    private static Column<ComparedModel> Column(Measure measure, bool leaky)
    {
        return new(leaky ? $"{measure.Name}, with leaks" : measure.Name, m => Quality(m) is { } q ? Share(measure.Of(q)) : "–",
            m => Quality(m) is { } q ? measure.Of(q) : 0, leaky ? "number.leaky" : "number");

        LevelQuality? Quality(ComparedModel model) => leaky ? model.WithLeaks : model.Quality;
    }

    private static XElement Chart(ModelComparison comparison) => Section("chart", "Side by side", ComparisonChart.Of(comparison),
        Note("Bars begin at zero, so their lengths may be compared. Small differences between models may be chance: "
            + "the test data hold few sequences of some classes."));

    private static IEnumerable<XElement> Detectors(ModelComparison comparison)
    {
        if (comparison.Detectors.Count == 0) yield break;
        yield return Section("detectors", "Detectors",
            Table.Of<ComparedDetector>("Trained on benign traffic alone, macro over attack classes",
                [
                    new("Detector", d => d.Name),
                    new("Macro AUC", d => Area(d.MacroAuc), d => d.MacroAuc, "number"),
                    new("Recall at 1 % false alarms", d => Share(d.MacroRecallAt1Percent), d => d.MacroRecallAt1Percent, "number"),
                    new("Training", d => $"{Plain(Math.Round(d.TrainingSeconds, 1))}\u00a0s"),
                ],
                comparison.Detectors));
    }

    private static XElement Classes(ModelComparison comparison)
    {
        var byModel = comparison.Models.Select(m => m.Quality.PerClass.GroupBy(c => c.Label, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal)).ToArray();
        var labels = byModel.SelectMany(m => m.Keys).Distinct().Order(StringComparer.Ordinal).ToArray();
        return Section("classes", "F1 by class",
            Scroll("F1 by class", Tag("table.heat", Tag("caption", "F1 of each class, by model"),
                Tag("thead", Tag("tr", Tag("th", With("scope", "col"), "Class"), Tag("th.number", With("scope", "col"), "Sequences"),
                    comparison.Models.Select(m => Tag("th.number", With("scope", "col"), m.Name)))),
                Tag("tbody", labels.Select(label => Tag("tr", Tag("th", With("scope", "row"), label),
                    Tag("td.number", Count(byModel.Max(m => m.GetValueOrDefault(label)?.Sequences ?? 0))),
                    byModel.Select(m => Cell(m.GetValueOrDefault(label)))))))),
            Note("The stronger the blue, the higher the F1. A faint row is a class that is hard for all models; "
                + "a faint cell in a strong row is the weakness of one."));
    }

    private static XElement Cell(ClassQuality? quality) => quality is null
        ? Tag("td.number", "–") : Tag("td.number.right.shade", Table.Length(quality.F1), Area(quality.F1));
}
