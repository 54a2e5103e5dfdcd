using IoMTAD.Training.Datasets;
using static IoMTAD.Training.Tests.Datasets.DatasetText;

namespace IoMTAD.Training.Tests.Datasets;

public sealed class DuplicateSearchTests : IDisposable
{
    private readonly DatasetText text = new();

    public void Dispose() => text.Dispose();

    [Fact]
    public void Repeated_rows_are_counted_within_each_part_and_across()
    {
        text.Write("train/Benign_train.pcap.csv", V1Header, [.. Rows(3), Row(1), Row(1)]);
        text.Write("test/Benign_test.pcap.csv", V1Header, [Row(2), Row(7), Row(7)]);
        var card = text.Read().Dataset!.Card;
        Assert.Equal((2, 1, 1), (card.DuplicateTrainRows, card.DuplicateTestRows, card.TestRowsInTrain));
    }

    [Fact]
    public void A_test_sequence_that_stands_in_training_at_any_alignment_is_not_measured()
    {
        text.Write("train/Benign_train.pcap.csv", V1Header, Rows(33));
        text.Write("test/Benign_test.pcap.csv", V1Header, [.. Rows(10, from: 17), .. Rows(10, from: 50)]);
        var data = text.Read().Dataset!;
        Assert.Equal(1, data.Card.DuplicateTestSequences);
        var sequences = Assert.Single(data.Tests).Sequences;
        Assert.Equal(1, sequences.Count);
        Assert.Equal(50, sequences.Step(0, 0)[0]);
    }

    [Fact]
    public void Of_equal_test_sequences_the_first_is_measured_and_all_of_them_where_that_is_asked_for()
    {
        text.Write("test/Benign_test.pcap.csv", V1Header, [.. Rows(10), .. Rows(10), .. Rows(10, from: 5)]);
        Assert.Equal(2, text.Read().Dataset!.Tests[0].Sequences.Count);
        Assert.Equal(3, text.Read(new(KeepDuplicates: true)).Dataset!.Tests[0].Sequences.Count);
    }
}
