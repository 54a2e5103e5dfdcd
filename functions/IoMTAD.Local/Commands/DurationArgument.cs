using System.CommandLine.Parsing;
using IoMTAD.Hosting.Settings;

namespace IoMTAD.Local.Commands;

/// <summary>A duration as an argument.</summary>
internal static class DurationArgument
{
    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Durations.TryParse(text, out var duration)) return duration;
        result.AddError($"'{text}' is no duration: give for example 60s, 10m or 2h");
        return default;
    }
}
