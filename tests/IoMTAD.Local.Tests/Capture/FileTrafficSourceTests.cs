using IoMTAD.Capture;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Tests.Commands;
using IoMTAD.Tests;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Local.Tests.Capture;

public sealed class FileTrafficSourceTests(SimulatedWard ward) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> faults = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_same_file_gives_the_same_segments_at_the_same_positions_in_batches_of_any_size()
    {
        var (once, again) = (await ReadAsync(await ward.AttackedAsync(), 256), await ReadAsync(await ward.AttackedAsync(), 7));
        Assert.Equal(Enumerable.Range(0, once.Count).Select(i => (long)i), once.Select(s => s.Position.Offset));
        Assert.Equal(once.Select(s => (s.Device, s.Position, Convert.ToHexString(s.Value.Span))),
            again.Select(s => (s.Device, s.Position, Convert.ToHexString(s.Value.Span))));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Another_file_of_the_same_name_is_another_topic_and_the_same_file_elsewhere_is_not()
    {
        Directory.CreateDirectory(folder.File("a"));
        var (here, there) = (folder.File("x.csv"), Path.Combine(folder.File("a"), "x.csv"));
        await File.WriteAllTextAsync(here, "h\n1\n", Cancellation);
        await File.WriteAllTextAsync(there, "h\n1\n", Cancellation);
        Assert.Equal(CaptureFile.Topic(here), CaptureFile.Topic(there));
        await File.WriteAllTextAsync(there, "h\n2\n", Cancellation);
        Assert.NotEqual(CaptureFile.Topic(here), CaptureFile.Topic(there));
    }

    [Theory]
    [InlineData("Header_Length,Protocol Type,Time_To_Live,Rate", SegmentContent.CicIoMT2024V2)]
    [InlineData("Header_Length,Protocol Type,Duration,Rate", SegmentContent.CicIoMT2024V1)]
    public async Task Rows_come_ten_to_a_segment_under_their_header(string header, SegmentContent content)
    {
        var file = folder.File("rows.csv");
        await File.WriteAllLinesAsync(file, [header, .. Enumerable.Range(0, 25).Select(i => $"{i},1,2,3")], Cancellation);

        var segments = await ReadAsync(file, 2);

        Assert.Equal([10, 10, 5], segments.Select(s => Lines(s).Length - 1));
        Assert.All(segments, s => Assert.Equal((header, content, "rows.csv"), (Lines(s)[0], s.Content, s.Device)));
        Assert.Equal("20,1,2,3", Lines(segments[2])[1]);
        Assert.Equal([1_000_000_000, 2_000_000_000, 3_000_000_000], segments.Select(s => s.RecordedNanoseconds));
    }

    [Fact]
    public async Task An_empty_file_of_rows_gives_nothing()
    {
        await File.WriteAllTextAsync(folder.File("rows.csv"), "", Cancellation);
        Assert.Empty(await ReadAsync(folder.File("rows.csv"), 2));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_file_and_offset_and_the_rest_is_read()
    {
        var bytes = await File.ReadAllBytesAsync(await ward.AttackedAsync(), Cancellation);
        await File.WriteAllBytesAsync(folder.File("cut.pcap"), bytes[..50_000], Cancellation);

        var segments = await ReadAsync(folder.File("cut.pcap"), 256);

        Assert.NotEmpty(segments);
        Assert.Contains("cut.pcap: cut short in the record at byte 49", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_segment_is_told_with_its_position()
    {
        await File.WriteAllTextAsync(folder.File("x.csv"), "h\n1\n", Cancellation);
        await using var source = new FileTrafficSource(folder.File("x.csv"), DeviceInventory.Empty, faults.Add);
        await source.RejectAsync(new Segment("pump", SegmentContent.Pcap, new TrafficPosition("t", 0, 41), default), "nothing readable", Cancellation);
        Assert.EndsWith("x.csv: segment 41 of pump: nothing readable", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_asked_to()
    {
        using var stop = new CancellationTokenSource();
        await using var source = new FileTrafficSource(await ward.AttackedAsync(), DeviceInventory.Empty, faults.Add, batchSize: 1);
        await using var batches = source.ReadAsync(stop.Token).GetAsyncEnumerator(Cancellation);
        Assert.True(await batches.MoveNextAsync());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batches.MoveNextAsync().AsTask());
    }

    private static string[] Lines(Segment segment) =>
        System.Text.Encoding.UTF8.GetString(segment.Value.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<List<Segment>> ReadAsync(string file, int batchSize)
    {
        await using var source = new FileTrafficSource(file, DeviceInventory.Empty, faults.Add, batchSize: batchSize);
        var batches = await source.ReadAsync(Cancellation).ToListAsync(Cancellation);
        Assert.All(batches, b => Assert.InRange(b.Segments.Count, 1, batchSize));
        return [.. batches.SelectMany(b => b.Segments)];
    }
}
