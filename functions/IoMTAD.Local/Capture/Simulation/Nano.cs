namespace IoMTAD.Local.Capture.Simulation;

/// <summary>Spans of time in nanoseconds; simulated time is nanoseconds since the Unix epoch.</summary>
internal static class Nano
{
    public const long Microsecond = 1_000;
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;
    public const long Minute = 60 * Second;

    /// <summary>What an actor returns when it has nothing left to do.</summary>
    public const long Never = long.MaxValue;

    public static long At(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

    public static long Of(TimeSpan span) => span.Ticks * 100;
}
