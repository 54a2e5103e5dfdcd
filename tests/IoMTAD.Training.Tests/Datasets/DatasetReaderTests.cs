using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Tests;
using IoMTAD.Training.Datasets;
using static IoMTAD.Training.Tests.Datasets.DatasetText;

namespace IoMTAD.Training.Tests.Datasets;

public sealed class DatasetReaderTests : IDisposable
{
    private readonly DatasetText text = new();

    public void Dispose() => text.Dispose();

    [Fact]
    public void Pieces_of_one_class_are_one_label_in_order_and_sequences_never_cross_a_file()
    {
        text.Write("test/TCP_IP-DoS-TCP2_test.pcap.csv", V1Header, Rows(25));
        text.Write("test/TCP_IP-DoS-TCP10_test.pcap.csv", V1Header, Rows(19, from: 100));
        var data = text.Read().Dataset!;
        Assert.EndsWith("TCP2_test.pcap.csv", data.Test[0].Path, StringComparison.Ordinal);
        var (label, sequences) = Assert.Single(data.Tests);
        Assert.Equal("DoS-TCP", label);
        Assert.Equal(3, sequences.Count);
        Assert.Equal([0, 10, 100], Enumerable.Range(0, 3).Select(i => (int)sequences.Step(i, 0)[0]));
    }

    [Theory]
    [InlineData(45, 39)]
    [InlineData(39, 36)]
    public void The_header_tells_the_format_and_leaking_columns_are_dropped(int columns, int kept)
    {
        text.Write("train/Benign_train.pcap.csv", columns == 45 ? V1Header : V2Header, Row(1, columns));
        Assert.Equal(kept, text.Read().Dataset!.Schema.ModelColumns.Count);
        Assert.Equal(columns, text.Read(new(WithLeaks: true)).Dataset!.Schema.ModelColumns.Count);
    }

    [Theory]
    [InlineData("1,2", "line 4: the number of values")]
    [InlineData("NaN", "line 4, column 1: not a finite number")]
    [InlineData("text", "line 4, column 1: not a finite number")]
    public void A_bad_line_is_an_error_that_names_file_and_line_or_is_skipped_and_counted(string bad, string message)
    {
        var line = bad.Contains(',', StringComparison.Ordinal) ? bad : bad + Row(4)[1..];
        text.Write("train/Benign_train.pcap.csv", V1Header, [.. Rows(2), line, Row(5)]);
        var strict = text.Read();
        Assert.Null(strict.Dataset);
        Assert.Contains($"Benign_train.pcap.csv: {message}", Assert.Single(strict.Problems), StringComparison.Ordinal);

        var lenient = text.Read(new(Lenient: true));
        var file = Assert.Single(lenient.Dataset!.Card.Files);
        Assert.Equal((3, 1), (file.Rows, file.Skipped));
        Assert.Contains(message, Assert.Single(lenient.Problems), StringComparison.Ordinal);
        Assert.Equal(5, ((DatasetRows)lenient.Dataset.Train[0]).Row(2)[0]);
    }

    [Fact]
    public void Many_bad_lines_are_counted_and_not_all_printed()
    {
        text.Write("train/Benign_train.pcap.csv", V1Header, [.. Enumerable.Repeat("x", 1000), Row(1)]);
        var load = text.Read(new(Lenient: true));
        Assert.Equal(6, load.Problems.Count);
        Assert.Contains(load.Problems, p => p.EndsWith("995 more such lines", StringComparison.Ordinal));
        Assert.Equal(1000, load.Dataset!.Card.Files[0].Skipped);
    }

    [Fact]
    public void Empty_files_and_unknown_columns_are_named()
    {
        File.WriteAllText(text.Write("train/Empty_train.pcap.csv", ""), "");
        text.Write("train/Other_train.pcap.csv", "a,b", "1,2");
        text.Write("train/Benign_train.pcap.csv", V1Header, Rows(3));
        Assert.Null(text.Read().Dataset);
        var lenient = text.Read(new(Lenient: true));
        Assert.Contains(lenient.Problems, p => p.EndsWith("Empty_train.pcap.csv: the file is empty", StringComparison.Ordinal));
        Assert.Contains(lenient.Problems, p => p.Contains("Other_train.pcap.csv: line 1: the columns are those of neither", StringComparison.Ordinal));
        Assert.Equal("Benign", Assert.Single(lenient.Dataset!.Train).Label);
    }

    [Fact]
    public void A_folder_without_data_says_what_a_dataset_looks_like() =>
        Assert.Contains("train/*.csv", Assert.Single(text.Read().Problems), StringComparison.Ordinal);

    [Fact]
    public void Both_formats_in_one_dataset_are_refused()
    {
        text.Write("train/Benign_train.pcap.csv", V1Header, Row(1));
        text.Write("test/Benign_test.pcap.csv", V2Header, Row(1, 39));
        Assert.Contains("one dataset has one kind of features", Assert.Single(text.Read().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_flat_folder_the_suffix_tells_the_part_and_other_files_belong_to_the_part_asked_for_first()
    {
        text.Write("Benign_train.pcap.csv", V1Header, Rows(2));
        text.Write("Benign_test.pcap.csv", V1Header, Rows(3));
        text.Write("Mine.csv", V1Header, Rows(4));
        var (train, test) = (DatasetFolder.Train, DatasetFolder.Test);
        Assert.Equal([2, 4], new DatasetReader(new()).Read(text.Folder, train, test).Dataset!.Train.Select(f => f.Count));
        Assert.Equal([3, 4], new DatasetReader(new()).Read(text.Folder, test, train).Dataset!.Test.Select(f => f.Count));
    }

    [Fact]
    public void A_long_file_is_read_whole_through_the_small_buffer()
    {
        text.Write("train/Benign_train.pcap.csv", V1Header, Rows(9000));
        var rows = (DatasetRows)text.Read().Dataset!.Train[0];
        Assert.Equal(9000, rows.Count);
        Assert.All(Enumerable.Range(0, 9000), i => Assert.Equal(i, rows.Row(i)[38]));
    }

    [Fact]
    public void The_digest_follows_the_bytes_and_how_they_are_read()
    {
        text.Write("train/Benign_train.pcap.csv", V1Header, Rows(3));
        var first = text.Read().Dataset!.Card.Sha256;
        Assert.Equal(first, text.Read().Dataset!.Card.Sha256);
        Assert.NotEqual(first, text.Read(new(KeepDuplicates: true)).Dataset!.Card.Sha256);
        text.Write("train/Benign_train.pcap.csv", V1Header, Rows(4));
        Assert.NotEqual(first, text.Read().Dataset!.Card.Sha256);
    }

    [Fact]
    public void The_digest_follows_the_inventory_too()
    {
        text.Write("train/Benign_train.pcap.csv", V1Header, Rows(3));
        var device = new InventoryDevice("02:00:00:00:00:01", "pump-01", "infusion-pump", "icu");
        Assert.NotEqual(text.Read().Dataset!.Card.Sha256, text.Read(new(Inventory: new([device]))).Dataset!.Card.Sha256);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_problem_and_no_exception()
    {
        var file = text.Write("train/Benign_train.pcap.csv", V1Header, Rows(3));
        text.Write("train/Other_train.pcap.csv", V1Header, Rows(3));
        using var held = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None);
        var load = text.Read(new(Lenient: true));
        Assert.Contains("Benign_train.pcap.csv", Assert.Single(load.Problems), StringComparison.Ordinal);
        Assert.Equal("Other", Assert.Single(load.Dataset!.Train).Label);
    }

    [Fact]
    public void A_folder_of_captures_is_a_dataset_through_our_own_features()
    {
        foreach (var (part, label) in new[] { ("train", "Benign_train"), ("test", "MQTT-Malformed_Data1_test") })
        {
            Directory.CreateDirectory(Path.Combine(text.Folder, part));
            File.Copy(Path.Combine(SharedData.RepositoryRoot, "tests", "captures", "mqtt.pcap"), Path.Combine(text.Folder, part, label + ".pcap"));
        }
        var data = text.Read(new(KeepDuplicates: true)).Dataset!;
        Assert.Same(WindowSchema.Schema, data.Schema);
        Assert.Equal("MQTT-Malformed_Data", Assert.Single(data.Tests).Label);
        Assert.True(data.Tests[0].Sequences.Count > 0);
        Assert.Equal(data.Train[0].Count, data.Card.DuplicateTestSequences);
    }
}
