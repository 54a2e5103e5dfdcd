using System.Globalization;

namespace IoMTAD.Hosting.Settings;

/// <summary>Durations as people type them: <c>60s</c>, <c>10m</c>, <c>2h</c>, or seconds without a unit.</summary>
public static class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length == 0) return false;
        var seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        var number = seconds == 0 ? text : text[..^1];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value <= 0) return false;
        duration = TimeSpan.FromSeconds(value * Math.Max(1, seconds));
        return true;
    }
}
