using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Tests.Datasets;

public sealed class DatasetLabelTests
{
    private static readonly string[] Labels =
    [
        "Benign", "ARP_Spoofing", "MQTT-DDoS-Connect_Flood", "MQTT-DDoS-Publish_Flood", "MQTT-DoS-Connect_Flood", "MQTT-DoS-Publish_Flood",
        "MQTT-Malformed_Data", "Recon-OS_Scan", "Recon-Ping_Sweep", "Recon-Port_Scan", "Recon-VulScan", "DDoS-ICMP", "DDoS-SYN", "DDoS-TCP",
        "DDoS-UDP", "DoS-ICMP", "DoS-SYN", "DoS-TCP", "DoS-UDP",
    ];

    [Theory]
    [InlineData("Benign_train.pcap.csv", "Benign")]
    [InlineData("TCP_IP-DDoS-UDP12_train.pcap.csv", "DDoS-UDP")]
    [InlineData("MQTT-DoS-Publish_Flood_test.pcap.csv", "MQTT-DoS-Publish_Flood")]
    [InlineData("/some/where/Recon-OS_Scan_test.pcap.csv", "Recon-OS_Scan")]
    [InlineData("Recon-Port_Scan3_test.pcap", "Recon-Port_Scan")]
    [InlineData("Benign.pcapng", "Benign")]
    public void The_label_is_in_the_file_name(string file, string label) => Assert.Equal(label, DatasetLabel.Of(file));

    [Fact]
    public void Nineteen_labels_fall_into_six_classes_and_two()
    {
        Assert.Equal(19, Labels.Select(l => DatasetLabel.Coarse(l, 19)).Distinct().Count());
        Assert.Equal(["Benign", "DDoS", "DoS", "MQTT", "Recon", "Spoofing"], Labels.Select(l => DatasetLabel.Coarse(l, 6)).Distinct().Order());
        Assert.Equal(["Attack", "Benign"], Labels.Select(l => DatasetLabel.Coarse(l, 2)).Distinct().Order());
    }

    [Fact]
    public void A_coarse_class_of_a_coarse_class_is_itself() =>
        Assert.All(Labels, label => Assert.Equal(DatasetLabel.Coarse(label, 2), DatasetLabel.Coarse(DatasetLabel.Coarse(label, 6), 2)));
}
