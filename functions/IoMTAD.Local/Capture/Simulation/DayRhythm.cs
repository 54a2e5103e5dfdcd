namespace IoMTAD.Local.Capture.Simulation;

/// <summary>How busy the ward is: 1 on average, most at 15:00 UTC, least at 03:00.</summary>
internal sealed class DayRhythm(double swing)
{
    private const long Day = 24 * 60 * Nano.Minute;

    public double Activity(long time)
    {
        // A parabola each way is within 6 % of a sine and needs no platform's own sine.
        var phase = (double)((time - 9 * 60 * Nano.Minute) % Day) / Day * 2;
        if (phase > 1) phase -= 2;
        return 1 + swing * 4 * phase * (1 - Math.Abs(phase));
    }
}
