using System.Runtime.CompilerServices;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Local.Capture;

/// <summary>Segments of one capture or dataset file. Reading starts at the beginning each time: the same file gives the same positions.</summary>
/// <param name="onFault">Hears of what could not be read; the rest is.</param>
/// <param name="onBytes">Progress: bytes of the file read so far.</param>
public sealed class FileTrafficSource(
    string path, DeviceInventory inventory, Action<string> onFault, Action<long>? onBytes = null, int batchSize = 256) : ITrafficSource
{
    private readonly string topic = CaptureFile.Topic(path);

    public async IAsyncEnumerable<TrafficBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var chunk in Segments().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new TrafficBatch(topic, 0, chunk);
        }
    }

    public Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The bytes stay where they are, in the file.</summary>
    public Task RejectAsync(Segment segment, string fault, CancellationToken cancellation)
    {
        onFault($"{path}: segment {segment.Position.Offset} of {segment.Device}: {fault}");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<Segment> Segments() => CaptureFile.IsCsv(path) ? CsvFile.ReadSegments(path, topic) : CaptureSegments();

    private IEnumerable<Segment> CaptureSegments()
    {
        var segmenter = new Segmenter(inventory, topic);
        foreach (var bytes in CaptureFile.ReadFrames(path, (in Frame frame) => segmenter.Add(frame), onFault))
        {
            onBytes?.Invoke(bytes);
            while (segmenter.TryTake(out var segment)) yield return segment;
        }
        segmenter.Flush();
        while (segmenter.TryTake(out var segment)) yield return segment;
    }
}
