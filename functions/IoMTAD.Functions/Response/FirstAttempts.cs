using System.Collections.Concurrent;

namespace IoMTAD.Functions.Response;

/// <summary>When a message was first tried: the service remembers repeatable requests for five minutes, and refuses what was first sent before.</summary>
internal sealed class FirstAttempts(TimeProvider time)
{
    /// <summary>A minute less, for a clock that is wrong or a request that is slow.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, DateTimeOffset> times = new();

    public DateTimeOffset Of(string notification)
    {
        var now = time.GetUtcNow();
        foreach (var (id, at) in times)
            if (now - at > Remembered) times.TryRemove(new(id, at));
        return times.GetOrAdd(notification, now);
    }
}
