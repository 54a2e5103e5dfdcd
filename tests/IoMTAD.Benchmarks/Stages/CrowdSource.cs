using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Local.Capture;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>
/// Ten thousand devices, each with a segment every twenty seconds: copies of a calm ward's devices, every copy with its original's segments
/// under an address and a time of its own.
/// </summary>
/// <param name="sample">Called <see cref="Samples"/> times on the way, evenly.</param>
internal sealed class CrowdSource(int minutes, Action sample) : ITrafficSource
{
    public const int Samples = 60;

    private const int Devices = 10_000, SecondsBetween = 20;
    private const string Topic = "crowd";

    private static readonly long Start = TrafficTime.FromDate(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    public async IAsyncEnumerable<TrafficBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        var originals = Workload.Calm(TimeSpan.FromMinutes(5)).Segments
            .GroupBy(s => s.Device, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        var count = (long)minutes * 60 / SecondsBetween * Devices;
        var batch = new List<Segment>(PipelineStage.BatchSize);
        for (long number = 0, sampled = 1; number < count; number++)
        {
            var (round, device) = Math.DivRem(number, Devices);
            var original = originals[device % originals.Length];
            var now = Start + number * (SecondsBetween * 1_000_000_000L / Devices);
            batch.Add(Copy(original[round % original.Length], (ulong)device, now, number));
            if (batch.Count == PipelineStage.BatchSize || number == count - 1)
            {
                yield return new(Topic, 0, batch);
                batch = new(PipelineStage.BatchSize);
            }
            if (number + 1 < count * sampled / Samples) continue;
            sampled++;
            sample();
        }
    }

    public Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation) => Task.CompletedTask;

    public Task RejectAsync(Segment segment, string fault, CancellationToken cancellation) =>
        throw new InvalidOperationException($"a simulated segment cannot be read: {fault}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Segment Copy(Segment original, ulong device, long now, long number)
    {
        if (!DeviceAddress.TryParse(original.Device, out var address)) throw new FormatException(original.Device);
        var (old, mac, value) = ((ulong)address.Value, 0x021B_0000_0000 + device, original.Value.ToArray());
        var reader = new CaptureReader();
        ReadOnlySpan<byte> rest = original.Value.Span;
        for (var first = long.MinValue; reader.TryRead(ref rest, isFinal: true, out var frame);)
        {
            if (first == long.MinValue) first = frame.TimestampNanoseconds;
            var record = value.AsSpan((int)frame.Offset);
            var time = now + frame.TimestampNanoseconds - first;
            BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(time / 1_000_000_000));
            BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(time % 1_000_000_000));
            Rename(record.Slice(PcapWriter.RecordHeaderLength, 6), old, mac);
            Rename(record.Slice(PcapWriter.RecordHeaderLength + 6, 6), old, mac);
        }
        return original with { Device = DeviceAddress.FromMac(mac).ToString(), Position = new(Topic, 0, number), Value = value };
    }

    private static void Rename(Span<byte> bytes, ulong old, ulong mac)
    {
        if (((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32 | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..])) != old) return;
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(mac >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)mac);
    }
}
