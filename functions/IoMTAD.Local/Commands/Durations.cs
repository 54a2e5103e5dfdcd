using System.CommandLine.Parsing;
using System.Globalization;

namespace IoMTAD.Local.Commands;

/// <summary>Durations as people type them: <c>60s</c>, <c>10m</c>, <c>2h</c>, or seconds without a unit.</summary>
internal static class Durations
{
    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (TryParse(text, out var duration)) return duration;
        result.AddError($"'{text}' is no duration: give for example 60s, 10m or 2h");
        return default;
    }

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
