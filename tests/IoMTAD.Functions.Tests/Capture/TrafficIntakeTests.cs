using System.Data.Common;
using System.Text;
using IoMTAD.Capture;
using IoMTAD.Core.Tests;
using IoMTAD.Functions.Capture;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Local.Tests.Response;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Tests.Capture;

public sealed class TrafficIntakeTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Poison_in_the_middle_of_a_batch_goes_to_the_dead_letters_and_the_rest_is_scored()
    {
        var segments = Segments(60);
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        using var intake = new Intake(record.Store);
        var records = segments.Select(Intake.Record).ToList();
        records[20] = Intake.Record(20, Intake.Nonsense("no key"));
        records[21].Message.Value = [1, 2, 3];
        records[40].Message.Headers.Remove("content-type");

        await intake.TakeInAsync(records, Cancellation);

        Assert.Equal([20L, 40L, 21L], intake.DeadLetters.Select(d => d.Source.Offset));
        Assert.Equal("no key", Encoding.UTF8.GetString(intake.DeadLetters[0].Record.Value));
        Assert.Equal([1, 2, 3], intake.DeadLetters[2].Record.Value);
        Assert.All(intake.DeadLetters, d => Assert.NotEmpty(d.Error));
        Assert.Equal(60, (await record.Store.ReadCheckpointAsync("t", 0, Cancellation))!.Next.Offset);
        Assert.DoesNotContain(await EventsAsync(record.Store), e => e.Contains("SkippedTraffic", StringComparison.Ordinal));
        Assert.Contains(await EventsAsync(record.Store), e => e.Contains("IncidentOpened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_of_nothing_but_poison_is_passed_over_and_moves_the_checkpoint()
    {
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        using var intake = new Intake(record.Store);
        await intake.TakeInAsync([Intake.Record(0, Intake.Nonsense("a")), Intake.Record(1, Intake.Nonsense("b"))], Cancellation);

        Assert.Equal(2, intake.DeadLetters.Count);
        Assert.Equal(2, (await record.Store.ReadCheckpointAsync("t", 0, Cancellation))!.Next.Offset);
    }

    [Fact]
    public async Task What_comes_twice_and_out_of_order_gives_the_same_events()
    {
        var segments = Segments(120);
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        using var intake = new Intake(record.Store);
        var random = new Random(5);
        for (var at = 0; at < 120; at += 30)
        {
            var batch = segments.Skip(Math.Max(0, at - 10)).Take(40).Select(Intake.Record).ToArray();
            random.Shuffle(batch);
            await intake.TakeInAsync(batch.Concat(batch.Take(7)), Cancellation);
            await intake.TakeInAsync(batch, Cancellation);
        }
        Assert.Equal(await UndisturbedAsync(segments), await EventsAsync(record.Store));
    }

    [Fact]
    public async Task Records_that_never_came_are_an_incident_once()
    {
        var segments = Segments(60);
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        using var intake = new Intake(record.Store);
        await intake.TakeInAsync(segments.Take(20).Select(Intake.Record), Cancellation);
        await intake.TakeInAsync(segments.Skip(25).Select(Intake.Record), Cancellation);
        await intake.TakeInAsync(segments.Skip(25).Select(Intake.Record), Cancellation);

        var opened = await record.Store.ReadAllAsync(0, Cancellation).Select(e => e.Event).OfType<IncidentOpened>()
            .Where(e => e.Kind == IncidentKind.SkippedTraffic).ToListAsync(Cancellation);
        Assert.Contains("5 records from offset 20", Assert.Single(opened).Summary, StringComparison.Ordinal);
        Assert.Equal((5L, 0L), (intake.Stored[1].Gaps, intake.Stored[0].Gaps));
    }

    [Fact]
    public async Task A_database_that_stays_away_ends_the_call_in_time_and_the_batch_comes_again()
    {
        var segments = Segments(60);
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        var (time, away) = (new ManualTime(), new AwayStore(record.Store));
        using var intake = new Intake(away, time);
        await intake.TakeInAsync(segments.Take(30).Select(Intake.Record), Cancellation);
        away.IsAway = true;
        var call = intake.TakeInAsync(segments.Skip(30).Select(Intake.Record), Cancellation);
        var began = time.GetUtcNow();
        await away.Asked;
        while (!call.IsCompleted) await Task.WhenAny(call, time.PassAsync(Cancellation));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromSeconds(1), TrafficIntake.Patience);
        away.IsAway = false;
        using var next = new Intake(away);
        await next.TakeInAsync(segments.Skip(30).Select(Intake.Record), Cancellation);
        Assert.Equal(await UndisturbedAsync(segments), await EventsAsync(record.Store));
    }

    [Fact]
    public async Task Workers_that_die_at_twenty_random_moments_under_redelivery_lose_nothing_and_repeat_nothing()
    {
        var segments = Segments(400);
        var database = await server.RecordAsync();
        await using var owner = database.Open(PostgresDatabase.Owner);
        await using var record = new MartenRecord(database.Open(), null, new OutboxFollower());
        var (random, done) = (new Random(11), 0);
        for (var deaths = 0; deaths < 20 || done < segments.Count;)
        {
            // A new worker knows nothing; the broker brings again what it had brought before, and some more.
            using var intake = new Intake(record.Store);
            using var death = new CancellationTokenSource();
            var from = Math.Max(0, done - random.Next(30));
            var batch = segments.Skip(from).Take(random.Next(20, 60)).Select(Intake.Record).ToList();
            var call = intake.TakeInAsync(batch, death.Token);
            if (deaths < 20 && random.Next(4) > 0)
            {
                deaths++;
                await Task.Yield();
                for (var spin = random.Next(2000); spin > 0 && !call.IsCompleted; spin--) Thread.SpinWait(200);
                await death.CancelAsync();
                if (random.Next(2) == 0) await CutAsync(owner);
            }
            try
            {
                await call;
            }
            catch (Exception e) when (e is OperationCanceledException or DbException)
            {
                continue;
            }
            done = Math.Max(done, from + batch.Count);
            if (deaths < 20 && done >= segments.Count) done = random.Next(segments.Count);
        }
        // The last cut may have hit a connection that lay idle: by this one nobody has been cut off.
        await using var after = new MartenRecord(database.Open());
        var events = await EventsAsync(after.Store);
        Assert.Equal(await UndisturbedAsync(segments), events);
        Assert.Null((await new ChainVerification(after.Store).VerifyAsync(Cancellation)).Breach);
        var asked = events.Count(e => e.Contains($" {nameof(NotificationRequested)} ", StringComparison.Ordinal));
        await using var count = owner.CreateCommand("SELECT COUNT(*) FROM outbox");
        Assert.Equal(asked, (long)(await count.ExecuteScalarAsync(Cancellation))!);
        Assert.NotEqual(0, asked);
    }

    [Fact]
    public async Task Another_model_goes_on_from_what_is_known_of_the_devices()
    {
        var segments = Segments(120);
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        using var intake = new Intake(record.Store) { Scorer = null! };
        await intake.TakeInAsync(segments.Take(60).Select(Intake.Record), Cancellation);
        Assert.DoesNotContain(await EventsAsync(record.Store), e => e.Contains("IncidentOpened", StringComparison.Ordinal));
        intake.Scorer = new ScriptedScorer();
        await intake.TakeInAsync(segments.Skip(60).Select(Intake.Record), Cancellation);

        var events = await EventsAsync(record.Store);
        Assert.Contains(events, e => e.Contains("IncidentOpened", StringComparison.Ordinal));
        Assert.Single(events, e => e.Contains("DeviceDiscovered", StringComparison.Ordinal) && e.Contains("monitor-01", StringComparison.Ordinal));
    }

    /// <summary>Two devices, of which one is attacked now and then.</summary>
    private static IReadOnlyList<Segment> Segments(int count)
    {
        var story = new PipelineStory();
        for (var i = 0; i < count; i++) story.Talks(1 + i % 2, i * .25, strange: i % 2 == 1 && i % 60 > 30);
        return story.Segments;
    }

    private async Task<List<string>> UndisturbedAsync(IReadOnlyList<Segment> segments)
    {
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        using var intake = new Intake(record.Store);
        await intake.TakeInAsync(segments.Select(Intake.Record), Cancellation);
        return await EventsAsync(record.Store);
    }

    private static async Task<List<string>> EventsAsync(IEventStore store)
    {
        var events = await store.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation);
        return [.. events.OrderBy(e => e.Stream, StringComparer.Ordinal).ThenBy(e => e.Version)
            .Select(e => $"{e.Stream} {e.Version} {e.Type} {e.Hash} {e.Data}")];
    }

    private static async Task CutAsync(Npgsql.NpgsqlDataSource owner)
    {
        await using var command = owner.CreateCommand(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = '{PostgresDatabase.RuntimeRole}'");
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
