namespace IoMTAD.Hosting.Views;

/// <summary>Hours of traffic time as sums have them: whole hours since the first day of the calendar.</summary>
public static class TrafficHours
{
    public static long Of(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;

    /// <returns>The first hour that begins at this time or later.</returns>
    public static long After(DateTimeOffset time) => (time.UtcTicks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour;

    /// <returns>When the hour begins.</returns>
    public static DateTimeOffset Time(long hour) => new(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <returns>The first minute that begins at this time or later.</returns>
    public static DateTimeOffset MinuteAfter(DateTimeOffset time) =>
        time.UtcTicks % TimeSpan.TicksPerMinute is var rest and > 0 && time < DateTimeOffset.MaxValue.AddMinutes(-1)
            ? time.AddTicks(TimeSpan.TicksPerMinute - rest)
            : time;
}
