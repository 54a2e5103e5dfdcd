using System.Text;
using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Core.Tests;
using IoMTAD.Functions.Capture;
using IoMTAD.Functions.Inference;
using IoMTAD.Hosting.Capture;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Inference;
using IoMTAD.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Capture;

/// <summary>A worker as the trigger calls it, and what it did with what it could not read.</summary>
internal sealed class Intake : IDisposable, IDeadLetters, IScorerSource
{
    private readonly TrafficIntake intake;

    public Intake(IEventStore store, TimeProvider? time = null, IAnomalyScorer? scorer = null)
    {
        Scorer = scorer ?? new ScriptedScorer();
        var worker = new ScoringWorker(store, this, PipelineStory.Inventory, PipelineStory.Policy, NullLogger<TrafficProcessor>.Instance,
            time ?? TimeProvider.System, Stored.Add);
        intake = new TrafficIntake(worker, this, time ?? TimeProvider.System);
    }

    public IAnomalyScorer Scorer { get; set; }

    public List<StoredBatch> Stored { get; } = [];

    public List<(Message<byte[], byte[]> Record, TrafficPosition Source, string Error)> DeadLetters { get; } = [];

    public Task TakeInAsync(IEnumerable<ConsumeResult<byte[], byte[]>> records, CancellationToken cancellation) =>
        intake.TakeInAsync([.. records], cancellation);

    public static ConsumeResult<byte[], byte[]> Record(Segment segment) =>
        Record(segment.Position.Offset, SegmentRecords.Write(segment), segment.Position.Topic);

    public static ConsumeResult<byte[], byte[]> Record(long offset, Message<byte[], byte[]> message, string topic = "t") =>
        new() { Topic = topic, Partition = 0, Offset = offset, Message = message };

    public static Message<byte[], byte[]> Nonsense(string text) => new() { Key = null!, Value = Encoding.UTF8.GetBytes(text), Headers = [] };

    public Task SendAsync(Message<byte[], byte[]> original, TrafficPosition source, string error, CancellationToken cancellation)
    {
        DeadLetters.Add((original, source, error));
        return Task.CompletedTask;
    }

    public IScorerLease Lease() => new Lent(Scorer);

    public void Dispose() => intake.Dispose();

    private sealed record Lent(IAnomalyScorer? Scorer) : IScorerLease
    {
        public void Dispose()
        {
        }
    }
}
