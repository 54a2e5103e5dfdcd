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

    private static string Name(InventoryDevice device) =>
        device.IsKnown ? $"{device.Id} ({device.Kind}, {device.Ward})" : $"Unknown device {device.Id}";

    private static string Quantity(double value, string unit)
    {
        var number = Math.Abs(value) switch
        {
            >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
            >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
            >= 0.01 => value.ToString("0.##", CultureInfo.InvariantCulture),
            0 => "0",
            _ => value.ToString("0.#e+0", CultureInfo.InvariantCulture),
        };
        return unit is "share" or "count" or "" ? number : $"{number} {unit}";
    }
}
