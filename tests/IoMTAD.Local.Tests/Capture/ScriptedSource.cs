using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Local.Capture;

namespace IoMTAD.Local.Tests.Capture;

/// <summary>Batches as a test gives them, and a memory of what became of each.</summary>
internal sealed class ScriptedSource(params IReadOnlyList<TrafficBatch> batches) : ITrafficSource
{
    public IReadOnlyList<TrafficBatch> Batches => batches;

    public List<TrafficBatch> Committed { get; } = [];

    public List<(Segment Segment, string Fault)> Rejected { get; } = [];

    public async IAsyncEnumerable<TrafficBatch> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    public Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation)
    {
        Committed.Add(batch);
        return Task.CompletedTask;
    }

    public Task RejectAsync(Segment segment, string fault, CancellationToken cancellation)
    {
        Rejected.Add((segment, fault));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
