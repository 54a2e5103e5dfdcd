using System.Xml;
using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>A whole document in one file: HTML that is well-formed XML too, without scripts and without anything from elsewhere.</summary>
internal static class Page
{
    private static readonly HashSet<string> Void = ["meta", "br", "col"];

    /// <param name="sections">The contents list names those with an id, by their headings.</param>
    public static string Render(string title, string subtitle, IEnumerable<XElement?> sections)
    {
        XElement[] present = [.. sections.OfType<XElement>()];
        var html = Tag("html", With("lang", "en"),
            Tag("head",
                Tag("meta", With("charset", "utf-8")),
                Tag("meta", With("name", "viewport"), With("content", "width=device-width, initial-scale=1")),
                Tag("title", title), Tag("style", Stylesheet.Text)),
            Tag("body", Tag("header", Tag("p.brand", "IoMTAD"), Tag("h1", title), Tag("p.subtitle", subtitle), Contents(present)), Tag("main", present)));
        Repair(html);
        return $"<!DOCTYPE html>\n{html.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static XElement Contents(XElement[] sections) => Tag("nav", With("aria-label", "Contents"),
        sections.Where(s => s.Attribute("id") is not null)
            .Select(s => Tag("a", With("href", $"#{s.Attribute("id")!.Value}"), s.Element("h2")?.Value)));

    /// <summary>Labels come from file names and may hold anything, but XML has no place for most control characters; and HTML knows
    /// <c>&lt;td/&gt;</c> as an opening tag.</summary>
    private static void Repair(XElement html)
    {
        foreach (var text in html.DescendantNodes().OfType<XText>()) text.Value = Clean(text.Value);
        foreach (var element in html.DescendantsAndSelf())
        {
            foreach (var attribute in element.Attributes()) attribute.Value = Clean(attribute.Value);
            if (element.IsEmpty && !Void.Contains(element.Name.LocalName)) element.Value = "";
        }
    }

    private static string Clean(string text)
    {
        var valid = true;
        foreach (var c in text) valid &= XmlConvert.IsXmlChar(c);
        return valid
            ? text
            : string.Concat(text.EnumerateRunes().Select(r => r.Value > 0xffff || XmlConvert.IsXmlChar((char)r.Value) ? r.ToString() : "\ufffd"));
    }
}
