using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;
using static IoMTAD.Training.Evaluation.Reports.Number;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>Shapes of inline drawings; colours and pens are the style sheet's.</summary>
internal static class Svg
{
    /// <param name="title">What the drawing is.</param>
    /// <param name="description">What one sees in it, for those who do not.</param>
    public static XElement Drawing(string name, double width, double height, string title, string description, params object?[] content) =>
        Tag(name, With("viewBox", $"0 0 {Coordinate(width)} {Coordinate(height)}"), With("role", "img"),
            Tag("title", title), Tag("desc", description), content);

    public static XElement Line(string pen, double x1, double y1, double x2, double y2) => Tag($"line.{pen}",
        With("x1", Coordinate(x1)), With("y1", Coordinate(y1)), With("x2", Coordinate(x2)), With("y2", Coordinate(y2)));

    public static XElement Rect(string pen, double x, double y, double width, double height, params object?[] content) => Tag($"rect.{pen}",
        With("x", Coordinate(x)), With("y", Coordinate(y)), With("width", Coordinate(Math.Max(0, width))),
        With("height", Coordinate(Math.Max(0, height))), content);

    /// <param name="pen">One of <c>start</c>, <c>middle</c> and <c>end</c> says which end of the text stands at <paramref name="x"/>.</param>
    public static XElement Text(string pen, double x, double y, string text) =>
        Tag($"text.{pen}", With("x", Coordinate(x)), With("y", Coordinate(y)), text);

    public static XElement Curve(string pen, IEnumerable<(double X, double Y)> points, params object?[] content) => Tag($"polyline.{pen}",
        With("points", string.Join(' ', points.Select(p => $"{Coordinate(p.X)},{Coordinate(p.Y)}"))), content);

    public static XElement Area(string pen, IEnumerable<(double X, double Y)> points) => Tag($"polygon.{pen}",
        With("points", string.Join(' ', points.Select(p => $"{Coordinate(p.X)},{Coordinate(p.Y)}"))));

    /// <summary>Shapes that share a tooltip.</summary>
    public static XElement Group(string tooltip, params object?[] content) => Tag("g", Tag("title", tooltip), content);
}
