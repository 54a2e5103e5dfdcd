using System.Buffers.Binary;
using IoMTAD.Capture;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Tests.Capture.Simulation;

/// <summary>RFC 1071 done anew, sixteen bits at a time: nothing here is shared with the simulator.</summary>
public sealed class ChecksumTests
{
    [Fact]
    public void Every_frame_of_the_ward_and_of_all_attacks_carries_right_checksums()
    {
        var plan = AttackPlan.OneAfterAnother(SimulatedCapture.Start.AddSeconds(3), TimeSpan.FromSeconds(1), seed: 4);
        var (wrong, checkedFrames) = (new List<string>(), 0);
        new WardSimulation(new WardOptions(), plan).RunUntil(AttackPlan.EndOf(plan), (in Frame f) =>
        {
            if (f.Bytes[12] != 0x08 || f.Bytes[13] != 0x00) return;
            checkedFrames++;
            if (!IsRight(f.Bytes[14..])) wrong.Add(Convert.ToHexString(f.Bytes));
        });
        Assert.Empty(wrong.Take(3));
        Assert.True(checkedFrames > 150_000);
    }

    private static bool IsRight(ReadOnlySpan<byte> ip)
    {
        var transport = ip[20..BinaryPrimitives.ReadUInt16BigEndian(ip[2..])];
        var pseudo = ip[9] == 1 ? 0 : Sum(ip[12..20]) + ip[9] + transport.Length;
        return Folded(Sum(ip[..20])) == 0xFFFF && Folded(pseudo + Sum(transport)) == 0xFFFF;
    }

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i++) sum += i % 2 == 0 ? bytes[i] << 8 : bytes[i];
        return sum;
    }

    private static int Folded(int sum)
    {
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }
}
