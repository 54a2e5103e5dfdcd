using System.Globalization;

namespace IoMTAD.Infra.Queries;

/// <summary>What a dashboard shows: from when to when, and how long one point of its lines stands for.</summary>
public sealed record TimeWindow(DateTimeOffset From, DateTimeOffset To, TimeSpan Interval)
{
    /// <summary>Points of a line on a wide screen.</summary>
    private const int Points = 1000;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7),
    ];

    /// <summary>As Grafana would choose it for a panel with this least interval.</summary>
    /// <param name="least">Such as <c>10s</c>; null where the panel names none.</param>
    public TimeWindow ForPanel(string? least)
    {
        var fine = (To - From) / Points;
        var interval = Array.Find(Steps, s => s >= fine) is { Ticks: > 0 } step ? step : Steps[^1];
        return this with { Interval = least is null || Read(least) < interval ? interval : Read(least) };
    }

    public static string Write(TimeSpan interval) => interval switch
    {
        { Ticks: var t } when t % TimeSpan.TicksPerDay == 0 => Text(interval.TotalDays, "d"),
        { Ticks: var t } when t % TimeSpan.TicksPerHour == 0 => Text(interval.TotalHours, "h"),
        { Ticks: var t } when t % TimeSpan.TicksPerMinute == 0 => Text(interval.TotalMinutes, "m"),
        _ => Text(interval.TotalSeconds, "s"),
    };

    /// <exception cref="FormatException">It is no interval.</exception>
    public static TimeSpan Read(string text)
    {
        var unit = text.Length > 1 ? text[^1] : ' ';
        if (!double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), CultureInfo.InvariantCulture, out var count)) unit = ' ';
        return unit switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => throw new FormatException($"'{text}' is no interval: write for example 10s, 5m, 1h"),
        };
    }

    private static string Text(double count, string unit) => count.ToString(CultureInfo.InvariantCulture) + unit;
}
