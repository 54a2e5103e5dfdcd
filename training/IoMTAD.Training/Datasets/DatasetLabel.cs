namespace IoMTAD.Training.Datasets;

/// <summary>The dataset labels by file name.</summary>
public static class DatasetLabel
{
    public const string Benign = "Benign";

    private static readonly string[] Suffixes = ["_train.pcap.csv", "_test.pcap.csv", ".pcap.csv", ".csv"];

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
}
