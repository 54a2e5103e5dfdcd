using System.Globalization;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>Figures as text, the same everywhere in the world; what is not a number is a dash.</summary>
internal static class Number
{
    private const string None = "–", Percent = "\u00a0%";

    /// <summary>0.9731 → 97.3 %</summary>
    public static string Share(double share) => Text(100 * share, "0.0", Percent);

    /// <summary>0.9731 → 97.3: where there is no room for the unit.</summary>
    public static string Bare(double share) => Text(100 * share, "0.0", "");

    /// <summary>0.0131 → 1.31 %: for shares that are small.</summary>
    public static string Rate(double share) => Text(100 * share, "0.##", Percent);

    /// <summary>0.9731 → 0.973: for areas and F1, which are no shares of anything.</summary>
    public static string Area(double area) => Text(area, "0.000", "");

    public static string Plain(double value) => Text(value, "#,0.##", "");

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>3 sequences, 1 sequence.</summary>
    public static string Counted(long count, string one, string? many = null) => $"{Count(count)}\u00a0{(count == 1 ? one : many ?? one + "s")}";

    public static string Shares(Interval interval) => Both(interval, i => Text(100 * i, "0.0", ""), Percent);

    public static string Rates(Interval interval) => Both(interval, i => Text(100 * i, "0.##", ""), Percent);

    public static string Areas(Interval interval) => Both(interval, Area, "");

    /// <summary>A length in a drawing or a style: never NaN, which would take the whole shape away.</summary>
    public static string Coordinate(double value) => (double.IsFinite(value) ? value : 0).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Both(Interval interval, Func<double, string> text, string unit) =>
        double.IsFinite(interval.Low) && double.IsFinite(interval.High) ? $"{text(interval.Low)}–{text(interval.High)}{unit}" : None;

    private static string Text(double value, string format, string unit) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) + unit : None;
}
