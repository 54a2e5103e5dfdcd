using IoMTAD.Features;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Tests.Datasets;

public sealed class DatasetFolderTests : IDisposable
{
    private static readonly string Header = string.Join(',', CicIoMT2024.V1.Columns.Select(c => c.Name));
    private readonly string folder = Directory.CreateTempSubdirectory("iomtad-dataset").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Benign_train.pcap.csv", "Benign")]
    [InlineData("TCP_IP-DDoS-UDP12_train.pcap.csv", "DDoS-UDP")]
    [InlineData("MQTT-DoS-Publish_Flood_test.pcap.csv", "MQTT-DoS-Publish_Flood")]
    [InlineData("/some/where/Recon-OS_Scan_test.pcap.csv", "Recon-OS_Scan")]
    public void The_label_is_in_the_file_name(string file, string label) => Assert.Equal(label, DatasetLabel.Of(file));

    [Fact]
    public void Pieces_of_one_class_are_one_label_and_sequences_never_cross_a_file()
    {
        Write("TCP_IP-DoS-TCP2_train.pcap.csv", Rows(25));
        Write("TCP_IP-DoS-TCP10_train.pcap.csv", Rows(19));
        var files = DatasetFolder.Read(folder, DatasetFolder.Train, []);
        Assert.EndsWith("TCP2_train.pcap.csv", files[0].File, StringComparison.Ordinal);
        var (label, sequences) = Assert.Single(DatasetFolder.ByLabel(files));
        Assert.Equal("DoS-TCP", label);
        Assert.Equal(3, sequences.Count);
    }

    [Fact]
    public void A_bad_line_is_listed_and_the_others_are_kept()
    {
        Write("Benign_train.pcap.csv", [.. Rows(3), "1,2", Row(4).Replace("4", "NaN", StringComparison.Ordinal), Row(5)]);
        var problems = new List<string>();
        var rows = Assert.Single(DatasetFolder.Read(folder, DatasetFolder.Train, problems));
        Assert.Equal(4, rows.Count);
        Assert.Equal([5, 6], rows.Failures.Select(f => (int)f.Line));
        Assert.Equal(5, rows.Row(3)[0]);
        Assert.Contains("Benign_train.pcap.csv: line 6, column 1: not a finite number", problems);
    }

    [Fact]
    public void Files_without_a_known_header_are_named()
    {
        File.WriteAllText(Path.Combine(Part(), "Empty_train.pcap.csv"), "");
        File.WriteAllText(Path.Combine(Part(), "Other_train.pcap.csv"), "a,b\n1,2\n");
        var problems = new List<string>();
        Assert.Empty(DatasetFolder.Read(folder, DatasetFolder.Train, problems));
        Assert.Equal(2, problems.Count);
        Assert.Contains(problems, p => p.StartsWith("Empty_train", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_little_benign_data_is_a_problem_and_no_exception()
    {
        Write("Benign_train.pcap.csv", Rows(30));
        var result = DatasetTraining.Run(folder, new());
        Assert.Null(result.Model);
        Assert.Contains("30 benign training rows are too few", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    private static string[] Rows(int count) => [.. Enumerable.Range(0, count).Select(Row)];

    private static string Row(int value) => string.Join(',', Enumerable.Repeat(value, 45));

    private string Part() => Directory.CreateDirectory(Path.Combine(folder, DatasetFolder.Train)).FullName;

    private void Write(string file, string[] rows) => File.WriteAllLines(Path.Combine(Part(), file), [Header, .. rows]);
}
