using Microsoft.Azure.Functions.Worker;

namespace IoMTAD.Functions.Capture;

/// <summary>Looks now and then whether traffic was skipped.</summary>
public sealed class AuditOffsets(OffsetAudit audit)
{
    [Function(nameof(AuditOffsets))]
    public Task RunAsync([TimerTrigger("%Kafka:AuditSchedule%")] TimerInfo timer, CancellationToken cancellation) => audit.RunAsync(cancellation);
}
