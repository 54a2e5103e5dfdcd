using System.Globalization;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>Colours and dashes of series: those with various kinds of colour blindness tell them apart, and so does a grey print by the
/// dashes.</summary>
internal static class Palette
{
    // After Okabe and Ito (2008), darkened on white and lightened on black until the contrast is 3 : 1 or better.
    private static readonly (string Light, string Dark)[] Colours =
    [
        ("#0072b2", "#56b4e9"), ("#d55e00", "#ff9248"), ("#00805d", "#2fc79b"), ("#b0407f", "#ec93c4"),
        ("#8a6d00", "#e3c22f"), ("#4b3fa6", "#a99bff"), ("#7a1f35", "#ff7f8f"),
    ];

    private static readonly string[] Dashes = ["none", "8 3", "2 3", "10 3 2 3"];

    /// <summary>Style classes of the series at a place; the first 28 are all different, because 7 and 4 share no divisor.</summary>
    public static string Pen(int place) => string.Create(CultureInfo.InvariantCulture, $"c{place % Colours.Length}.d{place % Dashes.Length}");

    /// <summary>The place of each label: by name, so that a class looks the same in all reports on the same data.</summary>
    public static IReadOnlyDictionary<string, string> Pens(IEnumerable<string> labels) => labels.Distinct().Order(StringComparer.Ordinal)
        .Select((label, i) => (label, i)).ToDictionary(p => p.label, p => Pen(p.i), StringComparer.Ordinal);

    /// <summary>The style rules behind the classes.</summary>
    public static string Rules => string.Concat(
        Colours.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $".c{i} {{ --c: light-dark({c.Light}, {c.Dark}); }}\n"))
            .Concat(Dashes.Select((d, i) => string.Create(CultureInfo.InvariantCulture, $".d{i} {{ --d: {d}; }}\n"))));
}
