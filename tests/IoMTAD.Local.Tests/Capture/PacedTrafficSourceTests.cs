using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Tests.Response;

namespace IoMTAD.Local.Tests.Capture;

public sealed class PacedTrafficSourceTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(10, 0.2, 0.3)]
    public async Task Segments_come_as_far_apart_as_they_once_did_or_so_many_times_as_fast(double speed, double first, double second)
    {
        await using var source = Paced(speed, 100, 102, 105);
        await using var batches = source.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.Equal(0, await NextAsync(batches));
        Assert.Equal(1, await AfterAsync(first, batches));
        Assert.Equal(2, await AfterAsync(second, batches));
        Assert.False(await batches.MoveNextAsync());
    }

    [Fact]
    public async Task What_is_late_or_out_of_order_comes_at_once()
    {
        await using var source = Paced(1, 100, 90, 100, 101);
        await using var batches = source.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        for (var offset = 0; offset < 3; offset++) Assert.Equal(offset, await NextAsync(batches));
        Assert.Equal(3, await AfterAsync(1, batches));
    }

    private PacedTrafficSource Paced(double speed, params int[] seconds)
    {
        var segments = seconds.Select((second, i) =>
            new Segment("pump", SegmentContent.Pcap, new TrafficPosition("t", 0, i), default, second * 1_000_000_000L)).ToList();
        return new PacedTrafficSource(new ScriptedSource(new TrafficBatch("t", 0, segments)), speed, s => s.RecordedNanoseconds, time);
    }

    private async Task<long> AfterAsync(double seconds, IAsyncEnumerator<TrafficBatch> batches)
    {
        var next = NextAsync(batches);
        Assert.False(next.IsCompleted);
        Assert.Equal(seconds, (await time.PassAsync(Cancellation)).TotalSeconds, precision: 6);
        return await next;
    }

    private static async Task<long> NextAsync(IAsyncEnumerator<TrafficBatch> batches)
    {
        Assert.True(await batches.MoveNextAsync());
        return Assert.Single(batches.Current.Segments).Position.Offset;
    }
}
