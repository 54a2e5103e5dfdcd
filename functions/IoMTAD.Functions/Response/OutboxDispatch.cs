using IoMTAD.Hosting.Response;
using Microsoft.Azure.Functions.Worker;

namespace IoMTAD.Functions.Response;

/// <summary>Delivers what is due when it is called, and by a schedule. Any number of them may work at the same time.</summary>
public sealed class OutboxDispatch(OutboxWorker worker, SqlOutbox outbox, HostMetrics metrics)
{
    [Function("OutboxCalled")]
    public Task OnCallAsync([QueueTrigger(OutboxBell.QueueName)] string message, CancellationToken cancellation) => worker.DrainAsync(cancellation);

    [Function("OutboxDue")]
    public async Task OnScheduleAsync([TimerTrigger("%Response:Schedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        await worker.DrainAsync(cancellation);
        metrics.Count(await outbox.CountAsync(cancellation));
    }
}
