using System.Globalization;

namespace IoMTAD.Policy.Notifications;

/// <summary>Numbers per severity, in words.</summary>
internal static class Counts
{
    /// <returns>For example <c>1 critical, 4 high</c>, worst first.</returns>
    public static string BySeverity(IEnumerable<KeyValuePair<Severity, int>> counts) => string.Join(", ", counts
        .OrderByDescending(c => c.Key)
        .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} {c.Key.ToString().ToLowerInvariant()}")));
}
