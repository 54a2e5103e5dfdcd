using System.Data.Common;
using System.Threading.Channels;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response;

/// <summary>
/// Dispatches when something was committed and when something is due: each channel in a loop of its own, so that a slow one delays no other.
/// A store that does not answer only delays it.
/// </summary>
/// <param name="followUps">Null where nothing follows the first messages.</param>
public sealed class OutboxWorker(OutboxDispatcher dispatcher, TimeProvider time, FollowUps? followUps = null) : IDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>Another process may have put something there.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<Channel<bool>> loops = [];

    /// <summary>Something new is in the outbox, or was recorded of an incident.</summary>
    public void Wake()
    {
        lock (gate)
            foreach (var loop in loops) loop.Writer.TryWrite(true);
    }

    /// <summary>Traffic was processed.</summary>
    public void Heard()
    {
        if (followUps is not null) followUps.LastTraffic = time.GetUtcNow();
    }

    /// <summary>Runs until it is cancelled; what is being sent by then is sent to its end.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(
        dispatcher.Channels.Select(channel => RunAsync(c => DrainAsync(channel, persist: true, c), cancellation))
            .Append(RunAsync(FollowUpAsync, cancellation)));

    /// <summary>Delivers all that is due now, and what follows from it. A channel that gets nothing out is left at that.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        for (var (requested, first) = (0, true); first || requested > 0; first = false)
        {
            await Task.WhenAll(dispatcher.Channels.Select(channel => DrainAsync(channel, persist: false, cancellation)));
            await dispatcher.GiveUpStrangersAsync(cancellation);
            requested = followUps is null ? 0 : (await followUps.AskAsync(cancellation)).Requested;
        }
    }

    public void Dispose()
    {
        lock (gate)
            foreach (var loop in loops) loop.Writer.TryComplete();
    }

    private async Task RunAsync(Func<CancellationToken, Task<DateTimeOffset?>> work, CancellationToken cancellation)
    {
        // One token: however often it is woken while it works, it looks once more.
        var woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (gate) loops.Add(woken);
        while (true)
        {
            var wait = await TryAsync(work, cancellation);
            await using var alarm = time.CreateTimer(_ => woken.Writer.TryWrite(true), null, wait, Timeout.InfiniteTimeSpan);
            await woken.Reader.ReadAsync(cancellation);
        }
    }

    private async Task<DateTimeOffset?> DrainAsync(string channel, bool persist, CancellationToken cancellation)
    {
        while (true)
        {
            var (tried, delivered, nextAt) = await dispatcher.DispatchAsync(channel, cancellation);
            // An outcome may call for a fallback, or start the wait for an acknowledgement.
            if (tried > 0) Wake();
            if (tried == 0 || (delivered == 0 && !persist)) return nextAt;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<DateTimeOffset?> FollowUpAsync(CancellationToken cancellation)
    {
        await dispatcher.GiveUpStrangersAsync(cancellation);
        if (followUps is null) return null;
        var (requested, nextAt) = await followUps.AskAsync(cancellation);
        if (requested > 0) Wake();
        return nextAt;
    }

    /// <returns>How long until there is something to do.</returns>
    private async Task<TimeSpan> TryAsync(Func<CancellationToken, Task<DateTimeOffset?>> work, CancellationToken cancellation)
    {
        try
        {
            var wait = await work(cancellation) - time.GetUtcNow() ?? LongestWait;
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            return AfterFault;
        }
    }
}
