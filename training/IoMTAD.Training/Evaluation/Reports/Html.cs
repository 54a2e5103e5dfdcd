using System.Xml.Linq;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>Builds the markup of reports as XML, so that neither escaping nor nesting can go wrong.</summary>
internal static class Html
{
    /// <param name="name">Of the element; classes follow after dots: <c>td.number.bar</c>.</param>
    /// <param name="content">Text, elements, attributes, or sequences of them; null is passed over.</param>
    public static XElement Tag(string name, params object?[] content)
    {
        var parts = name.Split('.', 2);
        var element = new XElement(parts[0], content);
        if (parts.Length == 2) element.SetAttributeValue("class", parts[1].Replace('.', ' '));
        return element;
    }

    public static XAttribute With(string name, string value) => new(name, value);

    /// <summary>A part of the page under a heading of the second order, which the contents at the top lead to.</summary>
    public static XElement Section(string id, string heading, params object?[] content) =>
        Tag("section", With("id", id), With("aria-labelledby", $"{id}-h"), Tag("h2", With("id", $"{id}-h"), heading), content);

    /// <summary>Wide content that scrolls by itself, with the keyboard too, so that the page does not.</summary>
    public static XElement Scroll(string label, params object?[] content) =>
        Tag("div.scroll", With("tabindex", "0"), With("role", "region"), With("aria-label", label), content);

    /// <summary>Plain words below or above a figure.</summary>
    public static XElement Note(params object?[] content) => Tag("p.note", content);
}
