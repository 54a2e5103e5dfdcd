using IoMTAD.Response;

namespace IoMTAD.Local.Response;

/// <summary>Dispatches when something was committed, and again when a failed message is due.</summary>
public sealed class OutboxWorker(OutboxDispatcher dispatcher, IOutbox outbox, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim woken = new(1, 1);

    /// <summary>Something new is in the outbox.</summary>
    public void Wake()
    {
        if (woken.CurrentCount == 0) woken.Release();
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await DrainAsync(cancellation);
            var due = await outbox.NextDueAsync(cancellation);
            var wait = due is { } at ? Max(at - time.GetUtcNow(), TimeSpan.Zero) : Timeout.InfiniteTimeSpan;
            await woken.WaitAsync(wait, cancellation);
        }
    }

    /// <summary>Delivers all that is due now.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        while (await dispatcher.DispatchAsync(cancellation) > 0)
        {
        }
    }

    public void Dispose() => woken.Dispose();

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
