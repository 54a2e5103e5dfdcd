using System.Data.Common;
using System.Threading.Channels;
using IoMTAD.Response;

namespace IoMTAD.Local.Response;

/// <summary>Dispatches when something was committed, and again when a failed message is due. A store that does not answer only delays it.</summary>
public sealed class OutboxWorker(OutboxDispatcher dispatcher, IOutbox outbox, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    // One token: however often it is woken while it works, it looks once more.
    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something new is in the outbox.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var wait = await TryDrainAsync(cancellation);
            await using var alarm = time.CreateTimer(_ => Wake(), null, wait, Timeout.InfiniteTimeSpan);
            await woken.Reader.ReadAsync(cancellation);
        }
    }

    /// <summary>Delivers all that is due now.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        while (await dispatcher.DispatchAsync(cancellation) > 0)
        {
        }
    }

    public void Dispose() => woken.Writer.TryComplete();

    /// <returns>How long until there is something to do.</returns>
    private async Task<TimeSpan> TryDrainAsync(CancellationToken cancellation)
    {
        try
        {
            await DrainAsync(cancellation);
            return await outbox.NextDueAsync(cancellation) is { } at ? Max(at - time.GetUtcNow(), TimeSpan.Zero) : Timeout.InfiniteTimeSpan;
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            return AfterFault;
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
