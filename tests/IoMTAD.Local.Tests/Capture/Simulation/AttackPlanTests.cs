using IoMTAD.Capture;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Tests.Capture.Simulation;

public sealed class AttackPlanTests
{
    private static readonly DateTimeOffset Start = SimulatedCapture.Start;

    public static TheoryData<string> Names => [.. AttackCatalog.All.Select(s => s.Name)];

    [Fact]
    public void The_catalogue_has_the_datasets_eighteen_attacks_and_two_malfunctions()
    {
        Assert.Equal(18, AttackCatalog.All.Count(s => s.Category != AttackCategory.Malfunction));
        Assert.Equal(2, AttackCatalog.All.Count(s => s.Category == AttackCategory.Malfunction));
        Assert.Equal(20, AttackCatalog.All.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void One_after_another_leaves_the_gap_between_any_two()
    {
        var simulation = new WardSimulation(new WardOptions(), AttackPlan.OneAfterAnother(Start.AddMinutes(1), TimeSpan.FromSeconds(7),
            seed: 2));
        Assert.Equal(AttackCatalog.All.Select(s => s.Name), simulation.Attacks.Select(a => a.Name));
        Assert.All(simulation.Attacks.Zip(simulation.Attacks.Skip(1)), p =>
            Assert.Equal(TimeSpan.FromSeconds(7), p.Second.Start - p.First.End));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_victim_is_in_the_inventory_and_no_attacker_is(string name)
    {
        var simulation = SimulatedCapture.Attacked(name, 5);
        var attack = simulation.Attacks[0];
        Assert.NotEmpty(attack.Victims);
        Assert.All(attack.Victims, v => Assert.Contains(v, simulation.Inventory.Devices));
        Assert.All(attack.Attackers, a => Assert.DoesNotContain(simulation.Inventory.Devices, d => d.Address == a));
        Assert.Equal(attack.Scenario.Category == AttackCategory.Malfunction, attack.Attackers.Count == 0);
        Assert.Equal([.. attack.Victims.Select(v => v.Address), .. attack.Attackers], attack.Participants);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_attack_begins_and_ends_when_it_says(string name)
    {
        var quiet = SimulatedCapture.Frames(new WardSimulation(new WardOptions()), Start.AddSeconds(30));
        var attacked = SimulatedCapture.Frames(SimulatedCapture.Attacked(name, 5), Start.AddSeconds(30));
        var same = quiet.Zip(attacked)
            .TakeWhile(p => p.First.Time == p.Second.Time && p.First.Bytes.AsSpan().SequenceEqual(p.Second.Bytes));
        Assert.InRange(SecondsAfterStart(attacked[same.Count()].Time), 10, 11.3);
        if (SimulatedCapture.Attacked(name, 5).Attacks[0] is { Attackers: [_, ..] } attack)
        {
            var last = SimulatedCapture.ByAttackers(attack, attacked)[^1].Time;
            Assert.InRange(SecondsAfterStart(last), 13.5, 15.3);
        }

        static double SecondsAfterStart(long time) => (time - (Start.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100) / 1e9;
    }

    [Fact]
    public void Another_seed_finds_other_victims()
    {
        static string Victims(int seed) => string.Join(',', new WardSimulation(new WardOptions(),
            AttackPlan.OneAfterAnother(Start, TimeSpan.Zero, seed)).Attacks.Select(a => a.Victims[0].Id));
        Assert.Equal(Victims(1), Victims(1));
        Assert.NotEqual(Victims(1), Victims(2));
    }

    [Fact]
    public void A_wanted_victim_is_the_victim()
    {
        var attack = new WardSimulation(new WardOptions(), [new("TCP_IP-DoS-SYN", Start, Victim: "pump-03")]).Attacks[0];
        Assert.Equal("pump-03", Assert.Single(attack.Victims).Id);
    }

    [Theory]
    [InlineData("no-such-attack", null)]
    [InlineData("Malfunction-Device_Silent", "pump-01")]
    public void What_cannot_be_carried_out_is_refused(string name, string? victim) =>
        Assert.Throws<ArgumentException>(() => new WardSimulation(new WardOptions(), [new(name, Start, Victim: victim)]));
}
