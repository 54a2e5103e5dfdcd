namespace IoMTAD.Training.Datasets;

/// <summary>The dataset's 19 labels, by file name, and the coarser classes that they fall into.</summary>
public static class DatasetLabel
{
    public const string Benign = "Benign", Attack = "Attack";

    /// <summary>The numbers of classes that the literature compares at.</summary>
    public static IReadOnlyList<int> ClassCounts { get; } = [2, 6, 19];

    private static readonly string[] Suffixes =
        ["_train.pcap.csv", "_test.pcap.csv", ".pcap.csv", ".csv", "_train.pcap", "_test.pcap", ".pcap", "_train.pcapng", "_test.pcapng", ".pcapng"];

    /// <summary><c>TCP_IP-DDoS-UDP3_train.pcap.csv</c> → <c>DDoS-UDP</c>: suffix, number of the piece and the protocol prefix go.</summary>
    public static string Of(string fileName)
    {
        var name = Path.GetFileName(fileName);
        foreach (var suffix in Suffixes)
        {
            if (!name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) continue;
            name = name[..^suffix.Length];
            break;
        }
        name = name.TrimEnd([.. "0123456789"]);
        return name.StartsWith("TCP_IP-", StringComparison.Ordinal) ? name["TCP_IP-".Length..] : name;
    }

    /// <summary>The class of a label among 2 (Benign, Attack), 6 (Benign, Spoofing, MQTT, Recon, DDoS, DoS) or 19.</summary>
    /// <remarks>A label that is none of the dataset's falls into the family before its first dash.</remarks>
    public static string Coarse(string label, int classes) => classes switch
    {
        2 => label == Benign ? Benign : Attack,
        6 => label == "ARP_Spoofing" ? "Spoofing" : label.Split('-')[0],
        19 => label,
        _ => throw new ArgumentOutOfRangeException(nameof(classes), classes, "Classes are 2, 6 or 19."),
    };
}
