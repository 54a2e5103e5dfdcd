namespace IoMTAD.Response;

/// <summary>Exponential backoff from two seconds up, for eight attempts: a little over four minutes of trying.</summary>
public static class RetrySchedule
{
    public const int Attempts = 8;

    /// <param name="attempt">The attempt that has just failed, from 1.</param>
    /// <returns>How long to wait, or null to give up.</returns>
    public static TimeSpan? After(int attempt) => attempt >= Attempts ? null : TimeSpan.FromSeconds(Math.Pow(2, attempt));
}
