using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Tests;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task The_checkpoint_and_the_watches_are_stored_with_the_events()
    {
        var watch = new DeviceWatch(Pump.Address, 5, 7) { Segments = 3, Recent = 5, LongestGapSeconds = .25, SilenceLimitSeconds = 4 };
        var baseline = new DeviceBaseline(4, 2.5, 30, [1, 2, 3, 4]);
        await Store.CommitAsync(new Commit([New("a", null, "1")], new TrafficCheckpoint(new("t", 2, 41), [watch])), Cancellation);
        var later = watch with { Segments = 4, Behaviour = new BehaviourIncident("x", Severity.High, 1, 2, 3, 4), Baseline = baseline };
        await Store.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 2, 42), [later])), Cancellation);

        await using var reopened = await ReopenAsync();
        var checkpoint = await reopened.ReadCheckpointAsync("t", 2, Cancellation);

        Assert.Equal(new TrafficPosition("t", 2, 42), checkpoint!.Next);
        var read = Assert.Single(checkpoint.Watches);
        Assert.Equal(baseline.NormalBytes, read.Baseline!.NormalBytes);
        Assert.Equal(later, read with { Baseline = baseline });
        Assert.Null(await reopened.ReadCheckpointAsync("t", 1, Cancellation));

        await Store.CommitAsync(
            new Commit([], new TrafficCheckpoint(new("t", 2, 43), []) { Forgotten = [watch.Address] }), Cancellation);
        Assert.Empty((await reopened.ReadCheckpointAsync("t", 2, Cancellation))!.Watches);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(40, null)]
    [InlineData(42, null)]
    [InlineData(41, 50L)]
    public async Task A_checkpoint_that_has_moved_stores_nothing_of_the_commit(long expected, long? next)
    {
        await Store.CommitAsync(new Commit([], At(41) with { Expected = 0 }), Cancellation);
        if (next is { } moved) await Store.CommitAsync(new Commit([], At(moved) with { Expected = 41 }), Cancellation);
        var commit = new Commit([New("a", null, "1")], At(60) with { Expected = expected }) { Evidence = [Kept(1)] };

        var error = await Assert.ThrowsAsync<CheckpointMovedException>(() => Store.CommitAsync(commit, Cancellation));

        Assert.Equal(("t", 0, expected, next ?? 41), (error.Topic, error.Partition, error.Expected, error.Actual));
        Assert.Empty(await All());
        Assert.Null(await Store.ReadEvidenceAsync(new("t", 0, 5), Cancellation));
        Assert.Equal(next ?? 41, (await Store.ReadCheckpointAsync("t", 0, Cancellation))!.Next.Offset);
    }

    [Fact]
    public async Task Of_workers_that_process_the_same_segments_one_wins()
    {
        const int Workers = 4, Segments = 5;
        var won = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker), Cancellation)));

        Assert.Equal(Segments, won.Sum());
        Assert.Equal(Enumerable.Range(0, Segments).Select(i => $"{i}"), (await All()).Select(e => e.Id));
        Assert.Equal(Segments, (await Store.ReadCheckpointAsync("t", 0, Cancellation))!.Next.Offset);
        Assert.Null((await new ChainVerification(Store).VerifyAsync(Cancellation)).Breach);

        async Task<int> WorkAsync(int worker)
        {
            var commits = 0;
            for (long at = 0; at < Segments;)
                try
                {
                    await Store.CommitAsync(new Commit([New($"worker {worker}", null, $"{at}")], At(at + 1) with { Expected = at }), Cancellation);
                    (at, commits) = (at + 1, commits + 1);
                }
                catch (CheckpointMovedException moved)
                {
                    at = moved.Actual;
                }
            return commits;
        }
    }

    [Fact]
    public async Task Scores_add_up_by_hour_and_bin_and_those_of_a_commit_that_is_refused_do_not_count()
    {
        var hour = new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);
        await Store.CommitAsync(new Commit([], At(41) with
        {
            Expected = 0, Scores = [new("ward@1", hour, 3, 10, 0), new("ward@1", hour.AddHours(1), 60, 4, 4), new("ward@2", hour, 3, 7, 1)],
        }), Cancellation);
        var next = new Commit([], At(60) with { Expected = 41, Scores = [new("ward@1", hour, 3, 5, 2), new("ward@1", hour, 2, 1, 0)] });
        await Store.CommitAsync(next, Cancellation);
        await Assert.ThrowsAsync<CheckpointMovedException>(() => Store.CommitAsync(next, Cancellation));

        await using var reopened = await ReopenAsync();
        Assert.Equal(
            [new("ward@1", hour, 2, 1, 0), new("ward@1", hour, 3, 15, 2), new("ward@1", hour.AddHours(1), 60, 4, 4)],
            await reopened.ReadScoresAsync("ward@1", hour.AddMinutes(59), Cancellation));
        Assert.Equal([new("ward@1", hour.AddHours(1), 60, 4, 4)], await reopened.ReadScoresAsync("ward@1", hour.AddHours(1), Cancellation));
        Assert.Empty(await reopened.ReadScoresAsync("ward@3", hour, Cancellation));
    }

    private static TrafficCheckpoint At(long next) => new(new("t", 0, next), []);
}
