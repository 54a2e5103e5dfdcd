using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Training;

/// <summary>Trains by a schedule; a run that still goes on is let go on.</summary>
public sealed class TrainModelsSchedule(TrainingDesk desk, ILogger<TrainModelsSchedule> log)
{
    [Function(nameof(TrainModelsSchedule))]
    public async Task RunAsync([TimerTrigger("%Training:Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var answer = await desk.StartAsync(client, "by the schedule", cancellation);
        if (!answer.Started) log.LogInformation("No training by the schedule: {Reason}", answer.Reason);
    }
}
