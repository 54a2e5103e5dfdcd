using System.Security.Cryptography;
using IoMTAD.Capture;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Tests.Capture.Simulation;

public sealed class WardSimulationTests
{
    private static readonly DateTimeOffset Start = SimulatedCapture.Start;

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var plan = AttackPlan.OneAfterAnother(Start.AddSeconds(5), TimeSpan.FromSeconds(1), seed: 3);
        byte[] Digest(int seed) =>
            SHA256.HashData(SimulatedCapture.Pcap(new WardSimulation(new WardOptions { Seed = seed }, plan), Start.AddSeconds(60)));
        Assert.Equal(Digest(7), Digest(7));
        Assert.NotEqual(Digest(7), Digest(8));
    }

    [Fact]
    public void Going_on_in_steps_gives_what_one_run_gives()
    {
        var whole = SimulatedCapture.Frames(new WardSimulation(new WardOptions()), Start.AddSeconds(20));
        var stepped = new WardSimulation(new WardOptions());
        var parts = new List<SimulatedFrame>();
        for (var ms = 0; ms <= 20_000; ms += 500) parts.AddRange(SimulatedCapture.Frames(stepped, Start.AddMilliseconds(ms)));
        Assert.Equal(whole.Select(f => (f.Time, Convert.ToHexString(f.Bytes))), parts.Select(f => (f.Time, Convert.ToHexString(f.Bytes))));
    }

    [Fact]
    public void Time_never_goes_back_and_stays_inside_the_run()
    {
        var plan = AttackPlan.OneAfterAnother(Start.AddSeconds(5), TimeSpan.FromSeconds(2), seed: 1);
        var end = AttackPlan.EndOf(plan).AddSeconds(5);
        var last = (Start.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
        var back = 0;
        new WardSimulation(new WardOptions(), plan).RunUntil(end, (in Frame f) =>
        {
            if (f.TimestampNanoseconds < last) back++;
            last = f.TimestampNanoseconds;
        });
        Assert.Equal(0, back);
        Assert.True(last < (end.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100);
    }

    [Fact]
    public void Frames_say_where_their_record_stands_in_the_capture()
    {
        var offset = PcapWriter.FileHeaderLength;
        new WardSimulation(new WardOptions()).RunUntil(Start.AddSeconds(10), (in Frame f) =>
        {
            Assert.Equal(offset, f.Offset);
            Assert.InRange(f.Bytes.Length, 60, 1514);
            offset += PcapWriter.RecordHeaderLength + f.Bytes.Length;
        });
        Assert.True(offset > 10_000);
    }

    [Fact]
    public void One_more_device_changes_nobody_elses_traffic()
    {
        static List<string> Of(int devices, string id)
        {
            var simulation = new WardSimulation(new WardOptions { Devices = devices });
            var mac = SimulatedCapture.Mac(simulation.Inventory.Devices.Single(d => d.Id == id).Address);
            return [.. SimulatedCapture.Frames(simulation, Start.AddMinutes(2))
                .Where(f => f.Source == mac || f.Destination == mac)
                .Select(f => $"{f.Time} {Convert.ToHexString(f.Bytes)}")];
        }

        foreach (var id in new[] { "monitor-01", "pump-02", "ventilator-01", "oximeter-01", "ecg-01", "glucose-01", "imaging-01" })
        {
            var alone = Of(24, id);
            Assert.NotEmpty(alone);
            Assert.Equal(alone, Of(100, id));
        }
    }

    [Fact]
    public void The_inventory_knows_every_mac_of_a_quiet_ward_and_each_of_them_speaks()
    {
        var simulation = new WardSimulation(new WardOptions());
        var macs = SimulatedCapture.Frames(simulation, Start.AddSeconds(40)).Select(f => f.Source).ToHashSet();
        Assert.Equal(simulation.Inventory.Devices.Select(d => SimulatedCapture.Mac(d.Address)).Order(), macs.Order());
        Assert.Equal(24, macs.Count);
        Assert.Equal(11, simulation.Inventory.Devices.Select(d => d.Kind).Distinct(StringComparer.Ordinal).Count());
        Assert.All(macs, mac => Assert.Equal(0x02UL, mac >> 40));
    }

    [Theory]
    [InlineData("bedside-monitor", 4)]
    [InlineData("infusion-pump", 1)]
    [InlineData("ventilator", 5)]
    [InlineData("pulse-oximeter", 1)]
    [InlineData("ecg-wearable", 8)]
    public void A_device_that_is_always_on_speaks_at_its_kinds_pace_and_no_two_alike(string kind, double perSecond)
    {
        var simulation = new WardSimulation(new WardOptions());
        var frames = SimulatedCapture.Frames(simulation, Start.AddMinutes(4));
        var counts = simulation.Inventory.Devices.Where(d => d.Kind == kind)
            .Select(d => frames.Count(f => f.Source == SimulatedCapture.Mac(d.Address))).ToArray();
        Assert.True(counts.Length >= 2);
        Assert.All(counts, c => Assert.InRange(c, 240 * perSecond * 0.9, 240 * perSecond * 2.6));
        Assert.Equal(counts.Length, counts.Distinct().Count());
    }

    [Fact, Trait("Category", "Slow")]
    public void Nights_are_quieter_than_afternoons()
    {
        var midnight = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        long Rounds(int hour)
        {
            var simulation = new WardSimulation(new WardOptions { Start = midnight.AddHours(hour), DayRhythm = 0.6 });
            return SimulatedCapture.Frames(simulation, midnight.AddHours(hour).AddMinutes(20)).LongCount(f => f.Bytes.Length > 1_400);
        }
        Assert.True(Rounds(15) > 1.5 * Rounds(3));
    }

    [Theory, InlineData(1), InlineData(11), InlineData(1000)]
    public void A_ward_has_about_as_many_devices_as_asked_for(int devices) =>
        Assert.InRange(new WardSimulation(new WardOptions { Devices = devices }).Inventory.Devices.Count, Math.Max(11, devices - 8),
            Math.Max(11, devices));
}
