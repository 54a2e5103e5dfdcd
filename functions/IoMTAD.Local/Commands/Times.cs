using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IoMTAD.Local.Commands;

/// <summary>Moments as people type them: <c>2026-01-31</c>, <c>2026-01-31T12:30</c>, UTC unless they say otherwise.</summary>
internal static class Times
{
    public static Option<DateTimeOffset?> Option(string name, string description) => new(name)
    {
        Description = $"{description} UTC, for example 2026-01-31 or 2026-01-31T12:30.", HelpName = "TIME", CustomParser = Parse,
    };

    private static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time)) return time;
        result.AddError($"'{text}' is no time: give for example 2026-01-31 or 2026-01-31T12:30, in UTC");
        return null;
    }
}
