using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Core.Tests.Decoding;

namespace IoMTAD.Core.Tests.Capture;

internal static class Arbitrary
{
    /// <summary>Up to 60 frames of few devices, in loose order of time: most a little apart, some late, some long after.</summary>
    public static Gen<List<StoredFrame>> Frames { get; } =
        from frames in Gen.ListOf(Frame, 60)
        select Spread([.. frames]);

    private static Gen<(long Step, StoredFrame Frame)> Frame =>
        from device in Gen.Choose(1, 4)
        from step in Gen.Frequency((8, Gen.Choose(0, 50_000_000)), (1, Gen.Choose(-300_000_000, 0)), (1, Gen.Choose(0, 2_000_000_000)))
        from payload in Gen.Choose(0, 40)
        from cut in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 1_000)))
        let bytes = Build.Ethernet(Build.IPv4(Build.Udp(5, payload, new byte[payload]), 17), source: (ulong)device)
        select ((long)step, new StoredFrame(0, bytes, bytes.Length + cut));

    private static List<StoredFrame> Spread(IEnumerable<(long Step, StoredFrame Frame)> frames)
    {
        var time = 1_700_000_000_000_000_000;
        return [.. frames.Select(f => f.Frame with { Timestamp = time += f.Step })];
    }
}
