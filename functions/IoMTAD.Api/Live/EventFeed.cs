using System.Data.Common;
using System.Threading.Channels;
using IoMTAD.Recording;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Api.Live;

/// <summary>Follows the record: hands each event to the listeners once, in the order of commits, whichever process committed it.</summary>
public sealed class EventFeed(IEventStore store, TimeProvider time, ILogger<EventFeed> log)
{
    private const int BatchSize = 1000;

    /// <summary>Other processes commit without a word.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), AfterFault = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<Func<IReadOnlyList<StoredEvent>, CancellationToken, Task>> listeners = [];

    /// <summary>To be called before <see cref="RunAsync"/>.</summary>
    public void Listen(Func<IReadOnlyList<StoredEvent>, CancellationToken, Task> listener) => listeners.Add(listener);

    /// <summary>Something was committed by this process.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="position">The first event that the listeners do not know yet.</param>
    public async Task RunAsync(long position, CancellationToken cancellation)
    {
        while (true)
        {
            var wait = Look;
            try
            {
                position = await CatchUpAsync(position, cancellation);
            }
            catch (Exception e) when (e is DbException or IOException)
            {
                // Nothing is lost, only late.
                log.LogWarning("The event store does not answer the feed: {Message}", e.Message);
                wait = AfterFault;
            }
            await using var alarm = time.CreateTimer(_ => Wake(), null, wait, Timeout.InfiniteTimeSpan);
            await woken.Reader.ReadAsync(cancellation);
        }
    }

    /// <returns>The next position.</returns>
    public async Task<long> CatchUpAsync(long position, CancellationToken cancellation)
    {
        await foreach (var batch in store.ReadAllAsync(position, cancellation).Chunk(BatchSize).WithCancellation(cancellation))
        {
            foreach (var listener in listeners) await TellAsync(listener, batch, cancellation);
            position = batch[^1].Position + 1;
        }
        return position;
    }

    // An event that was tampered with, or a fault of one listener, must stop neither the others nor what comes after.
    private async Task TellAsync(
        Func<IReadOnlyList<StoredEvent>, CancellationToken, Task> listener, IReadOnlyList<StoredEvent> batch, CancellationToken cancellation)
    {
        try
        {
            await listener(batch, cancellation);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DbException or IOException))
        {
            log.LogError(e, "A listener could not take the events from {First} to {Last}", batch[0].Position, batch[^1].Position);
        }
    }
}
