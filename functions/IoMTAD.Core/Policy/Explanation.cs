using System.Globalization;
using System.Text;
using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>Puts an anomaly into a sentence that a biomedical engineer understands.</summary>
public static class Explanation
{
    private const int FeaturesInSentence = 3;

    public static string Behaviour(InventoryDevice device, AnomalyExplanation explanation)
    {
        var text = new StringBuilder($"{Name(device)} talks differently from normal");
        if (explanation.Suspected is { } suspected) text.Append(CultureInfo.InvariantCulture, $", suspected {suspected.Name}");
        if (explanation.Suspected?.Probability is { } probability) text.Append(CultureInfo.InvariantCulture, $" ({probability:0 %})");
        var separator = ": ";
        foreach (var feature in explanation.Features.Take(FeaturesInSentence))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{separator}{feature.Label} {Quantity(feature.Observed, feature.Unit)}, normally about {Quantity(feature.Expected, feature.Unit)}");
            separator = "; ";
        }
        return text.Append('.').ToString();
    }

    public static string Silence(InventoryDevice device, double limitSeconds) => string.Create(CultureInfo.InvariantCulture,
        $"{Name(device)} has been silent for {limitSeconds:0.#} s; it never paused that long while its rhythm was learned.");

    /// <param name="expected">The first record that did not come.</param>
    /// <param name="found">Offset of the first one behind it that did.</param>
    public static string SkippedTraffic(TrafficPosition expected, long found) => string.Create(CultureInfo.InvariantCulture,
        $"{expected.Topic}-{expected.Partition}: {found - expected.Offset:#,0} records from offset {expected.Offset} on were passed over; "
        + $"nobody has scored them.");

    internal static string Name(InventoryDevice device) =>
        device.IsKnown ? $"{device.Id} ({device.Kind}, {device.Ward})" : $"Unknown device {device.Id}";

    private static string Quantity(double value, string unit)
    {
        if (unit == "share") return value.ToString("0 %", CultureInfo.InvariantCulture);
        var number = value.ToString(Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);
        return unit is "count" or "packets/s" or "" ? number : $"{number} {unit}";
    }
}
