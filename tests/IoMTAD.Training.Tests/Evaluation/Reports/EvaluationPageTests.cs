using System.Xml.Linq;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Evaluation.Reports;

namespace IoMTAD.Training.Tests.Evaluation.Reports;

public sealed class EvaluationPageTests
{
    [Fact]
    public void A_full_report_has_all_parts()
    {
        var page = Markup.Check(EvaluationPage.Render(SampleDetails.Full));
        Assert.Equal(["detection", "roc", "scores", "confusion", "classification", "features", "data"],
            page.Descendants("section").Attributes("id").Select(a => a.Value));
        Assert.Equal(5, page.Descendants("dt").Count(dt => dt.Parent!.Name == "div"));
    }

    [Fact]
    public void Figures_are_those_of_the_report()
    {
        var text = EvaluationPage.Render(SampleDetails.Full);
        var detection = SampleDetails.Full.Report.Detection!;
        Assert.All(detection.PerClass, c => Assert.Contains(Number.Area(c.Auc), text, StringComparison.Ordinal));
        Assert.All(detection.PerClass, c => Assert.Contains(Number.Shares(c.RecallAt1PercentInterval), text, StringComparison.Ordinal));
        Assert.Contains(Number.Rate(detection.BenignFalseAlarmRate), text, StringComparison.Ordinal);
        Assert.Contains("2\u00a0% was asked for", text, StringComparison.Ordinal);
        Assert.Contains(Number.Area(SampleDetails.Full.Report.Classification!.MacroF1), text, StringComparison.Ordinal);
        Assert.All(new[] { "0123456789abcdef", "time between packets", "75.0\u00a0%", "1,234", "Recon-VulScan: not in the training data" },
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_from_outside_stays_text()
    {
        const string hostile = "</style><script>alert('&')</script>\u0001\ud800\"";
        var full = SampleDetails.Of(SampleDetails.Scores("Benign", 0, 20), SampleDetails.Scores(hostile, 1, 20));
        var page = EvaluationPage.Render(full with
        {
            Report = full.Report with
            {
                Model = hostile, Schema = hostile, UnseenClasses = [hostile],
                Data = SampleDetails.Card with { Files = [new(hostile, hostile, hostile, 1, 0)] },
            },
            Importance = [new(hostile, hostile, 1)],
        });
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("alert('&')", Markup.Check(page).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_details_give_the_same_page() =>
        Assert.Equal(EvaluationPage.Render(SampleDetails.Full), EvaluationPage.Render(SampleDetails.Full));

    [Fact]
    public void Parts_without_data_are_left_out()
    {
        var report = SampleDetails.Full.Report with { Detection = null, Classification = null, UnseenClasses = [] };
        var bare = SampleDetails.Full with { Report = report, Scores = [], Importance = [] };
        var page = Markup.Check(EvaluationPage.Render(bare));
        Assert.Equal(["data"], page.Descendants("section").Attributes("id").Select(a => a.Value));
    }

    public static TheoryData<string, float[], float[]> Degenerate => new()
    {
        { "identical scores", [1, 1, 1], [1, 1] },
        { "one sequence each", [0], [0] },
        { "no numbers", [float.NaN, float.NaN], [float.NaN] },
        { "no ends", [float.NegativeInfinity, 0], [float.PositiveInfinity, float.NaN] },
        { "far beyond any axis", [-1e30f, 0], [1e30f, 3] },
        { "no attacks", [0, 1], [] },
    };

    [Theory]
    [MemberData(nameof(Degenerate))]
    public void Odd_scores_are_drawn_with_numbers(string what, float[] benign, float[] attack)
    {
        var details = SampleDetails.Of(new ClassScores("Benign", benign), new ClassScores(what, attack));
        Markup.Check(EvaluationPage.Render(details));
        var unmeasured = details.Report.Detection! with { Threshold = double.NaN, MacroAuc = double.NaN, MacroAucInterval = new(double.NaN, double.NaN) };
        var report = details.Report with { Detection = unmeasured };
        Markup.Check(EvaluationPage.Render(
            details with { Report = report, AskedFalseAlarmRate = null, Importance = [new("f", "f", double.NaN)] }));
    }

    [Fact]
    public void A_class_without_scores_and_scores_without_a_class_are_shown_as_they_are()
    {
        Markup.Check(EvaluationPage.Render(SampleDetails.Full with { Scores = [] }));
        Markup.Check(EvaluationPage.Render(SampleDetails.Full with { Scores = [.. SampleDetails.Full.Scores.Skip(1), SampleDetails.Scores("Other", 1, 3)] }));
    }
}
