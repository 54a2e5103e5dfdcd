using System.Globalization;
using IoMTAD.Features;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>A small dataset on disk in the published layout: made-up rows, easy to tell apart, with a class in the test part that is not in the
/// training part.</summary>
internal sealed class MadeUpDataset : IDisposable
{
    private static readonly string Header = string.Join(',', CicIoMT2024.V1.Columns.Select(c => c.Name));
    private readonly TemporaryFolder folder = new();

    public MadeUpDataset(int benignRows = 3000)
    {
        Write("train/Benign_train.pcap.csv", benignRows, 0, 1);
        Write("train/TCP_IP-DoS-UDP1_train.pcap.csv", 300, 4, 2);
        Write("train/TCP_IP-DoS-UDP2_train.pcap.csv", 100, 4, 3);
        Write("train/Recon-VulScan_train.pcap.csv", 200, -4, 4);
        Write("test/Benign_test.pcap.csv", 1000, 0, 5);
        Write("test/TCP_IP-DoS-UDP_test.pcap.csv", 200, 4, 6);
        Write("test/Recon-VulScan_test.pcap.csv", 100, -4, 7);
        Write("test/Recon-OS_Scan_test.pcap.csv", 100, 9, 8);
    }

    public string Folder => folder.Path;

    /// <param name="path">Below the folder.</param>
    /// <param name="level">How far from benign traffic, in its spreads.</param>
    public string Write(string path, int rows, double level, int seed)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var random = new Random(seed);
        File.WriteAllLines(file, Enumerable.Range(0, rows).Select(_ => Row(random, level)).Prepend(Header));
        return file;
    }

    public void Dispose() => folder.Dispose();

    private static string Row(Random random, double level)
    {
        var shared = random.NextDouble() + random.NextDouble() - 1;
        return string.Join(',', CicIoMT2024.V1.Columns.Select((_, i) =>
            (10 + (i % 3 == 0 ? level : 0) + shared + 0.3 * random.NextDouble()).ToString("0.####", CultureInfo.InvariantCulture)));
    }
}
