using IoMTAD.Policy;
using IoMTAD.Views;

namespace IoMTAD.Api.Desks;

/// <summary>When an act takes effect, in traffic time: policy knows no other.</summary>
public sealed class ActClock(IReadModels reads, TimeProvider time)
{
    /// <summary>The host's clock for live traffic; for a replayed or simulated ward, whose clock is far from it, the traffic's own.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await reads.TrafficClockAsync(cancellation) is { } traffic && (now - traffic).Duration() > PolicyOptions.Default.LongestPause ? traffic : now;
    }
}
