using System.Xml.Linq;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Evaluation.Reports;

namespace IoMTAD.Training.Tests.Evaluation.Reports;

public sealed class ComparisonPageTests
{
    private static readonly LevelQuality
        Good = SampleDetails.Quality(("Benign", "Benign"), ("DoS-UDP", "DoS-UDP"), ("DoS-UDP", "Benign")),
        Better = SampleDetails.Quality(("Benign", "Benign"), ("DoS-UDP", "DoS-UDP"));

    [Fact]
    public void Each_model_has_a_row_four_bars_and_a_column_of_the_heat_table()
    {
        var page = Markup.Check(ComparisonPage.Render(SampleDetails.Comparison(new("tree", 1.25, Good, null), new("forest", 14, Better, null))));
        Assert.Equal(["figures", "chart", "classes", "data"], page.Descendants("section").Attributes("id").Select(a => a.Value));
        Assert.Equal(8, page.Descendants("rect").Count(r => r.Attribute("class")!.Value.StartsWith("column", StringComparison.Ordinal)));
        var heat = page.Descendants("table").Single(t => t.Attribute("class")?.Value == "heat");
        Assert.Equal(["Class", "Sequences", "tree", "forest"], heat.Descendants("thead").Descendants("th").Select(th => th.Value));
        Assert.Contains(Number.Share(Good.MacroRecall), page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_with_leaks_are_there_where_one_model_has_them()
    {
        var without = ComparisonPage.Render(SampleDetails.Comparison(new ComparedModel("tree", 1, Good, null)));
        var with = ComparisonPage.Render(SampleDetails.Comparison(new("tree", 1, Good, null), new("forest", 1, Good, Better)));
        Markup.Check(with);
        Assert.DoesNotContain("with leaks", without, StringComparison.Ordinal);
        Assert.Contains("Macro F1, with leaks", with, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_of_unseen_classes_that_nobody_looked_for() => Assert.DoesNotContain(
        "Unseen classes", ComparisonPage.Render(SampleDetails.Comparison(new ComparedModel("tree", 1, Good, null))), StringComparison.Ordinal);

    [Fact]
    public void Text_from_outside_stays_text()
    {
        const string hostile = "<script>a</script>";
        var page = ComparisonPage.Render(SampleDetails.Comparison(new ComparedModel(hostile, 1, SampleDetails.Quality((hostile, hostile)), null)));
        Markup.Check(page);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nothing_to_compare_and_figures_that_are_no_numbers_make_pages_too()
    {
        Markup.Check(ComparisonPage.Render(SampleDetails.Comparison()));
        var none = new LevelQuality(19, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, [], new([], []));
        Markup.Check(ComparisonPage.Render(SampleDetails.Comparison(new ComparedModel("", double.NaN, none, none))));
    }

    [Fact]
    public void The_same_comparison_gives_the_same_page()
    {
        var comparison = SampleDetails.Comparison(new("tree", 1, Good, Better), new("a name that is far too long for the room below its bars", 1, Good, null));
        Assert.Equal(ComparisonPage.Render(comparison), ComparisonPage.Render(comparison));
    }
}
