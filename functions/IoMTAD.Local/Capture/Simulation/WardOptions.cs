namespace IoMTAD.Local.Capture.Simulation;

/// <summary>What ward to simulate. The same options give the same bytes.</summary>
public sealed record WardOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>The first instant of simulated time: every device is switched on within the two seconds after it.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>About how many devices, infrastructure included; at least one of each kind is there (11 in all).</summary>
    public int Devices { get; init; } = 24;

    public string Ward { get; init; } = "icu-1";

    /// <summary>
    /// How far activity swings around its mean over 24 hours: 0 for none, 0.4 for 60 % at three at night and 140 % at three in
    /// the afternoon.
    /// </summary>
    public double DayRhythm { get; init; } = 0.4;
}
