using System.Threading.Channels;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Response;

/// <summary>
/// Calls whoever dispatches, by a message in a queue, when something was committed that people are to hear of. It never fails and never
/// waits: what it cannot call for, the schedule finds.
/// </summary>
/// <param name="queue">Null where there is none.</param>
internal sealed class OutboxBell(QueueClient? queue, ILogger<OutboxBell> log) : BackgroundService
{
    public const string QueueName = "iomtad-outbox";

    /// <summary>By then the schedule has looked.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private static readonly HashSet<string> Calling =
        [nameof(NotificationRequested), nameof(NotificationResent), nameof(IncidentAcknowledged), nameof(IncidentClosed)];

    // One call stands for all that was committed before it is answered.
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>To be told of each commit.</summary>
    public void Hear(CommitResult committed)
    {
        if (committed.Appended.Any(e => Calling.Contains(e.Type))) Ring();
    }

    public void Ring() => rung.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in rung.Reader.ReadAllAsync(stoppingToken))
        {
            if (queue is null) continue;
            try
            {
                await SendAsync(queue, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Messages wait for the schedule, the queue does not answer: {Message}", e.Message);
            }
        }
    }

    private static async Task SendAsync(QueueClient queue, CancellationToken cancellation)
    {
        try
        {
            await queue.SendMessageAsync("look", visibilityTimeout: null, timeToLive: Kept, cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await queue.SendMessageAsync("look", visibilityTimeout: null, timeToLive: Kept, cancellation);
        }
    }
}
