using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IoMTAD.Functions.Training;

/// <summary>Looks now and then whether the traffic is still what the model in use learned, and has it trained anew where it is not.</summary>
public sealed class WatchDrift(DriftWatch watch, TrainingDesk desk, TimeProvider time)
{
    [Function(nameof(WatchDrift))]
    public async Task RunAsync(
        [TimerTrigger("%Training:DriftSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (await watch.CheckAsync(cancellation) is { } drift)
            watch.Tell(drift, await desk.StartForDriftAsync(client, drift, time.GetUtcNow(), cancellation));
    }
}
