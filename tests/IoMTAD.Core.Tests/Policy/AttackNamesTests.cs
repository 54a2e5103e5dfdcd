using IoMTAD.Policy;

namespace IoMTAD.Core.Tests.Policy;

public sealed class AttackNamesTests
{
    private static readonly string[] Classes = ["ARP_Spoofing", "Benign", "DDoS-UDP", "MQTT-Malformed_Data", "Recon-OS_Scan", "Recon-Ping_Sweep"];

    [Theory]
    [InlineData(0, "ARP_Spoofing", "T0830")]
    [InlineData(2, "DDoS-UDP", "T0814")]
    [InlineData(3, "MQTT-Malformed_Data", "T0836")]
    [InlineData(4, "Recon-OS_Scan", "T0888")]
    [InlineData(5, "Recon-Ping_Sweep", "T0846")]
    public void The_most_probable_attack_is_named_with_its_probability_and_technique(int best, string name, string technique)
    {
        var suspected = AttackNames.Find(Classes, Probabilities(best))!;
        Assert.Equal((name, 0.75, technique), (suspected.Name, suspected.Probability!.Value, suspected.Technique));
    }

    [Fact]
    public void Traffic_that_is_most_probably_benign_gets_no_name() => Assert.Null(AttackNames.Find(Classes, Probabilities(1)));

    private static float[] Probabilities(int best) => [.. Enumerable.Range(0, Classes.Length).Select(i => i == best ? 0.75f : 0.05f)];
}
