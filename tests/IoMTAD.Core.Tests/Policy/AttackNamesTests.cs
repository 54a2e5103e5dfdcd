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

    [Theory]
    [InlineData("MQTT-DDoS-Connect_Flood", "T0814")]
    [InlineData("MQTT", "T0814")]
    [InlineData("Spoofing", "T0830")]
    [InlineData("Recon", "T0846")]
    [InlineData("Recon-VulScan", "T0888")]
    [InlineData("Attack", null)]
    public void Finer_and_coarser_labels_have_techniques_and_one_that_says_nothing_has_none(string label, string? technique) =>
        Assert.Equal(technique, AttackNames.Find(["Benign", label], [0.25f, 0.75f])!.Technique);

    [Fact]
    public void Attacks_that_share_more_than_benign_traffic_has_are_not_added_up() =>
        Assert.Null(AttackNames.Find(["Benign", "DoS-SYN", "DoS-UDP"], [0.4f, 0.3f, 0.3f]));

    private static float[] Probabilities(int best) => [.. Enumerable.Range(0, Classes.Length).Select(i => i == best ? 0.75f : 0.05f)];
}
