using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace IoMTAD.Training.Tests.Evaluation.Reports;

/// <summary>What all reports promise.</summary>
internal static partial class Markup
{
    /// <summary>Well-formed, from one file, without scripts, readable by machines that read to people, and drawn with numbers.</summary>
    public static XDocument Check(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        var document = XDocument.Load(reader);
        var elements = document.Descendants().ToArray();
        Assert.DoesNotContain(elements, e => e.Name.LocalName is "script" or "link" or "img" or "iframe" or "object");
        Assert.DoesNotContain(elements.Attributes(), a => a.Name.LocalName is "src" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(elements.Attributes("href"), a => Assert.Contains(elements, e => $"#{e.Attribute("id")?.Value}" == a.Value));
        Assert.DoesNotContain("url(", document.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.Equal(elements.Attributes("id").Count(), elements.Attributes("id").Select(a => a.Value).Distinct().Count());
        Assert.All(document.Descendants("th"), th => Assert.NotNull(th.Attribute("scope")));
        Assert.All(document.Descendants("svg").Where(s => s.Attribute("aria-hidden") is null),
            s => Assert.True(s.Element("title") is not null && s.Element("desc") is not null));
        var level = 1;
        foreach (var heading in elements.Where(e => HeadingName().IsMatch(e.Name.LocalName)))
        {
            Assert.InRange(heading.Name.LocalName[1] - '0', 1, level + 1);
            level = heading.Name.LocalName[1] - '0';
        }
        CheckNumbers(elements);
        return document;
    }

    private static void CheckNumbers(XElement[] elements)
    {
        string[] lengths = ["x", "y", "x1", "x2", "y1", "y2", "width", "height"];
        foreach (var attribute in elements.Attributes())
        {
            var numbers = attribute.Name.LocalName is "points" or "viewBox" ? attribute.Value.Split(' ', ',')
                : lengths.Contains(attribute.Name.LocalName) ? [attribute.Value]
                : attribute.Value.StartsWith("--v:", StringComparison.Ordinal) ? [attribute.Value[4..^1]] : [];
            Assert.All(numbers, n => Assert.InRange(double.Parse(n, NumberStyles.Float, CultureInfo.InvariantCulture), -50, 5_000));
        }
    }

    [GeneratedRegex("^h[1-6]$")]
    private static partial Regex HeadingName();
}
