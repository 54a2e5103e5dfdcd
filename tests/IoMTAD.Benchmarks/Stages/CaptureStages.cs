using System.Numerics;
using System.Runtime.InteropServices;
using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>Capture, Decoding and Features, each with what it needs; the baseline reads the same bytes once and adds them up.</summary>
internal static class CaptureStages
{
    private const double FeaturesGoal = 5e6;

    /// <summary>Capture bytes to segments.</summary>
    public static void Segmenter(Bench bench) => Each(bench, "segmenter", goal: null, workload =>
    {
        var segmenter = new Segmenter(workload.Inventory, "benchmark");
        ReadOnlySpan<byte> rest = workload.Capture;
        var reader = new CaptureReader();
        while (reader.TryRead(ref rest, isFinal: true, out var frame))
        {
            segmenter.Add(frame);
            segmenter.TryTake(out _);
        }
        return workload.Packets;
    });

    /// <summary>Capture bytes to packets.</summary>
    public static void Decode(Bench bench)
    {
        var packet = new Packet();
        Each(bench, "decode", goal: null, workload =>
        {
            ReadOnlySpan<byte> rest = workload.Capture;
            var reader = new CaptureReader();
            while (reader.TryRead(ref rest, isFinal: true, out var frame)) PacketDecoder.Decode(frame, ref packet);
            return workload.Packets;
        });
    }

    /// <summary>Segments' bytes to window vectors, decoding included.</summary>
    public static void Features(Bench bench)
    {
        var reader = new SegmentReader(WindowSchema.Schema);
        var batch = new SequenceBatch(WindowSchema.Schema.ModelColumns.Count);
        Each(bench, "decode + features", FeaturesGoal, workload =>
        {
            for (var i = 0; i < workload.Segments.Length; i++)
            {
                if (i % PipelineStage.BatchSize == 0) batch.Clear();
                reader.Read(workload.Segments[i], batch);
            }
            return workload.Packets;
        });
    }

    private static void Each(Bench bench, string stage, double? goal, Func<Workload, long> work)
    {
        foreach (var workload in bench.Workloads)
        {
            var sum = 0UL;
            var baseline = Measure.Throughput(bench.Settings, () =>
            {
                sum += Sum(workload.Capture);
                return workload.Packets;
            });
            GC.KeepAlive(sum);
            bench.Rows.Add(new(stage, workload.Name, "packets/s", Measure.Throughput(bench.Settings, () => work(workload)), goal,
                baseline.Median, "reading the bytes"));
        }
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        var (sum, even) = (Vector<ulong>.Zero, Vector<ulong>.Zero);
        var vectors = MemoryMarshal.Cast<byte, Vector<ulong>>(bytes);
        for (var i = 0; i + 1 < vectors.Length; i += 2)
        {
            sum += vectors[i];
            even += vectors[i + 1];
        }
        return Vector.Sum(sum + even);
    }
}
