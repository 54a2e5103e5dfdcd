using IoMTAD.Capture;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Local.Tests.Response;

namespace IoMTAD.Local.Tests.Capture;

public sealed class SimulatedTrafficSourceTests
{
    private static readonly WardOptions Ward = new() { Seed = 4 };
    private static readonly DateTimeOffset End = Ward.Start.AddSeconds(60);

    private readonly ManualTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_gives_what_the_segmenter_makes_of_the_ward_and_ends_with_it()
    {
        var batches = await Source(pace: null).ReadAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Expected(), batches.SelectMany(b => b.Segments).Select(Text));
    }

    [Fact]
    public async Task Paced_it_gives_the_same_and_takes_its_time()
    {
        await using var source = Source(pace: TimeSpan.FromSeconds(6));
        List<string> segments = [];
        var reading = Task.Run(async () =>
        {
            await foreach (var batch in source.ReadAsync(Cancellation)) segments.AddRange(batch.Segments.Select(Text));
        }, Cancellation);
        var passed = TimeSpan.Zero;
        while (passed < TimeSpan.FromSeconds(6)) passed += await time.PassAsync(Cancellation);
        await reading;

        Assert.Equal(Expected(), segments);
        Assert.Equal(6, passed.TotalSeconds, precision: 3);
    }

    [Fact]
    public async Task Whoever_stops_reading_stops_the_ward()
    {
        // Far more than the channel holds: the ward's maker waits for a reader who has gone.
        await using var source = Source(pace: null, End.AddHours(10));
        await foreach (var batch in source.ReadAsync(Cancellation))
        {
            Assert.NotEmpty(batch.Segments);
            break;
        }
    }

    private SimulatedTrafficSource Source(TimeSpan? pace, DateTimeOffset? end = null)
    {
        var simulation = new WardSimulation(Ward);
        return new(simulation, new Segmenter(simulation.Inventory, SimulatedTrafficSource.Topic), Ward.Start, end ?? End, pace, time);
    }

    private static List<string> Expected()
    {
        var simulation = new WardSimulation(Ward);
        var segmenter = new Segmenter(simulation.Inventory, SimulatedTrafficSource.Topic);
        simulation.RunUntil(End, segmenter.Add);
        segmenter.Flush();
        List<string> segments = [];
        while (segmenter.TryTake(out var segment)) segments.Add(Text(segment));
        return segments;
    }

    private static string Text(Segment segment) => $"{segment.Position.Offset} {segment.Device} {Convert.ToHexString(segment.Value.Span)}";
}
