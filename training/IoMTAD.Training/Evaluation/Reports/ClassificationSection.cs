using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;
using static IoMTAD.Training.Evaluation.Reports.Number;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>How rightly classes are named: what was taken for what, by class, and at coarser levels.</summary>
internal static class ClassificationSection
{
    public static IEnumerable<XElement> Of(ClassificationResult? result)
    {
        if (result is null || result.Levels.Count == 0) yield break;
        var finest = result.Levels[^1];
        yield return Section("confusion", "Confusion matrix", ConfusionTable.Of(finest.Confusion), Note(
            "Rows are what a sequence was, columns what the classifier said. Counts are sequences; the shade is the share of the row. Blue is right, "
            + "orange is wrong, empty is none. A row of few sequences looks bad, or good, by a single one."));
        yield return Section("classification", "Classification by class", Classes(result), Levels(result), Note(
            "Precision: the share of the answers with this name that were right. Recall: the share of the class that was named rightly. F1: their harmonic "
            + "mean; 0 where there was nothing to divide. The macro mean counts every class alike, the weighted one by its sequences. At the "
            + "coarser levels a mistake within a family, or between two attacks, is forgiven. Classes that the training data did not hold are left out here."));
    }

    private static XElement Classes(ClassificationResult result) => Table.Of<ClassQuality>("Classes by name",
        [
            new("Class", c => c.Label),
            new("Sequences", c => c.Sequences < InShort.Few
                ? Tag("span.few", With("title", "Few: the figures are uncertain"), Count(c.Sequences))
                : Count(c.Sequences)),
            new("Precision", c => Share(c.Precision), c => c.Precision),
            new("Recall", c => Share(c.Recall), c => c.Recall),
            new("F1", c => Area(c.F1), c => c.F1),
        ],
        result.PerClass, "Macro mean", Count(result.Sequences), Share(result.MacroPrecision), Share(result.MacroRecall), Area(result.MacroF1));

    private static XElement Levels(ClassificationResult result) => Table.Of<LevelQuality>("Levels of detail",
        [
            new("Classes", l => Counted(l.Classes, "class", "classes") + (l.PerClass.Count == l.Classes ? "" : $" ({l.PerClass.Count} in this data)")),
            new("Accuracy", l => Share(l.Accuracy), l => l.Accuracy),
            new("Macro precision", l => Share(l.MacroPrecision), l => l.MacroPrecision),
            new("Macro recall", l => Share(l.MacroRecall), l => l.MacroRecall),
            new("Macro F1", l => Area(l.MacroF1), l => l.MacroF1),
            new("Weighted F1", l => Area(l.WeightedF1), l => l.WeightedF1),
        ],
        result.Levels);
}
