namespace IoMTAD.Response;

/// <summary>Exponential backoff with full jitter: any wait up to a limit that doubles, so that those who failed together do not come back together.</summary>
/// <remarks>
/// M. Brooker, Exponential Backoff and Jitter, 2015. The last try is never earlier than <see cref="Spread"/> after the first: chance may shorten
/// the waits, and an outage shorter than that must lose nothing.
/// </remarks>
public sealed record RetrySchedule
{
    public static RetrySchedule Default { get; } = new();

    public int Attempts { get; init; } = 12;

    /// <summary>Limit of the first wait.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan Spread { get; init; } = TimeSpan.FromMinutes(30);

    /// <param name="attempt">The attempt that has just failed, from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    /// <returns>When to try again, or null to give up.</returns>
    public DateTimeOffset? Next(int attempt, DateTimeOffset firstAttempt, DateTimeOffset now, double random)
    {
        if (attempt >= Attempts) return null;
        var limit = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 30)));
        var next = now.AddSeconds(limit * random);
        var earliest = firstAttempt + Spread;
        return attempt == Attempts - 1 && next < earliest ? earliest : next;
    }
}
