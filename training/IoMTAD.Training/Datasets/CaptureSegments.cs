using System.Security.Cryptography;
using IoMTAD.Capture;
using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>The segments of one capture through our own features, each a sequence of <c>window-v1</c> vectors.</summary>
/// <param name="Kinds">Of each segment's device, as the inventory has it.</param>
public sealed record CaptureSegments(string Path, string Label, string Sha256, int Skipped, SequenceBatch Segments, TimeSpan Duration,
    IReadOnlyList<string> Kinds)
    : LabelledFile(Path, Label, WindowSchema.Schema, Sha256, Skipped)
{
    public override int Count => Segments.Count;

    public override double? Hours => Duration.TotalHours;

    public override ISequences Sequences(int from, int to, int stride) => SequenceSubset.Range(Segments, from, to);

    public override ulong Fingerprint(int index) => Fingerprints.Of(Segments, index);

    /// <param name="onFault">Hears of each thing that could not be read: a text that names file and offset.</param>
    public static CaptureSegments Read(string path, DeviceInventory inventory, Action<string> onFault, Action<long>? onBytes = null)
    {
        var (reader, batch) = (new SegmentReader(WindowSchema.Schema), new SequenceBatch(WindowSchema.Schema.ModelColumns.Count));
        var segmenter = new Segmenter(inventory, System.IO.Path.GetFileName(path));
        var (skipped, kinds) = (0, new List<string>());
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var bytes in CaptureFile.ReadFrames(path, (in Frame frame) => segmenter.Add(frame), onFault))
        {
            onBytes?.Invoke(bytes);
            Take();
        }
        segmenter.Flush();
        Take();
        using var file = CaptureFile.OpenRead(path);
        return new(path, DatasetLabel.Of(path), Convert.ToHexStringLower(SHA256.HashData(file)), skipped, batch,
            last > first ? TimeSpan.FromTicks((last - first) / 100) : TimeSpan.Zero, kinds);

        void Take()
        {
            while (segmenter.TryTake(out var segment))
            {
                var summary = reader.Read(segment, batch);
                if (summary.Steps == 0)
                {
                    skipped++;
                    continue;
                }
                kinds.Add(inventory.Find(segment.Device).Kind);
                (first, last) = (Math.Min(first, summary.FirstNanoseconds), Math.Max(last, summary.LastNanoseconds));
            }
        }
    }
}
