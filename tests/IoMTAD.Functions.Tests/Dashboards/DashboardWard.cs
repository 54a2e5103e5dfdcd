using IoMTAD.Capture;
using IoMTAD.Core.Tests;
using IoMTAD.Functions.Capture;
using IoMTAD.Functions.Recording.TimeSeries;
using IoMTAD.Functions.Tests.Capture;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Functions.Tests.Recording.TimeSeries;
using IoMTAD.Functions.Views;
using IoMTAD.Hosting.Response;
using IoMTAD.Infra.Queries;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Response;
using IoMTAD.Tests;
using IoMTAD.Tests.Response;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace IoMTAD.Functions.Tests.Dashboards;

/// <summary>Forty minutes of a ward, written to both databases by the host's own code: attacks, a stranger, a silence, poison, a gap, a consumer that
/// falls behind, messages delivered, given up and waiting, models that come and go, and people who judge incidents.</summary>
public sealed class DashboardWard(PostgresServer server) : IAsyncDisposable
{
    /// <summary>What no panel may show.</summary>
    public const string Note = "Frau Muster was moved to bed 7", Person = "anna.muster", ServerWords = "550 no mailbox of nurse.mayer";

    public const int Poisoned = 2, Undecodable = 1, Skipped = 5, Waiting = 40 + 12;

    private const int Seconds = 2400, BatchSeconds = 30, TalksEvery = 2;

    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly MovedClock time = new() { Now = Start };
    private PostgresDatabase database = null!;
    private MartenRecord record = null!;
    private InfluxServer influx = null!;
    private NpgsqlDataSource reader = null!;
    private HttpClient client = null!;
    private InfluxTimeSeries series = null!;
    private bool hasHappened;

    /// <summary>What the dashboards read, by the rights that they have.</summary>
    public IReadOnlyList<IQuerySource> Sources => [new RecordSource("iomtad-record", reader), new SeriesSource("iomtad-series", client, InfluxServer.Database)];

    public NpgsqlDataSource Reader => reader;

    public PostgresDatabase Database => database;

    /// <summary>All of it, and a while before and after.</summary>
    public static TimeWindow Window { get; } = new(Start.AddHours(-1), Start.AddSeconds(Seconds).AddMinutes(20), TimeSpan.FromSeconds(5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Once, by the first test that needs it; where a server is missing, each is skipped.</summary>
    public async Task StartAsync()
    {
        if (hasHappened) return;
        database = await server.RecordAsync();
        influx = await InfluxServer.StartAsync();
        await GrantAsync(database);
        // As Grafana connects: it knows of no search path.
        reader = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString(PostgresDatabase.ReaderRole)) { SearchPath = null });
        client = new HttpClient { BaseAddress = influx.Url };
        record = new MartenRecord(database.Open(), time, new OutboxFollower(), new RecordViews());
        series = new InfluxTimeSeries(influx.Settings, PipelineStory.Inventory, time, NullLogger<InfluxTimeSeries>.Instance);
        await series.StartAsync(Cancellation);
        await HappenAsync();
        await series.StopAsync(Cancellation);
        Assert.Equal((0, 0), (series.Refused, series.Dropped));
        hasHappened = true;
    }

    public async ValueTask DisposeAsync()
    {
        series?.Dispose();
        client?.Dispose();
        if (reader is not null) await reader.DisposeAsync();
        if (record is not null) await record.DisposeAsync();
        if (influx is not null) await influx.DisposeAsync();
    }

    /// <summary>As a deployment does it.</summary>
    public static async Task GrantAsync(PostgresDatabase database)
    {
        await using var owner = NpgsqlDataSource.Create(
            $"{database.ConnectionString(PostgresDatabase.Deployment)};Options=-c record.reader_role={PostgresDatabase.ReaderRole}");
        var script = await File.ReadAllTextAsync(Path.Combine(SharedData.RepositoryRoot, "infra/grafana/reader.sql"), Cancellation);
        await using var command = owner.CreateCommand(script);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task HappenAsync()
    {
        using var intake = new Intake(record.Store, time);
        var (segments, told) = (Segments(), 0);
        var audit = new OffsetAudit(new Group(record.Store), record.Store, PipelineStory.Policy, time, NullLogger<OffsetAudit>.Instance, series.Add);
        await PromoteAsync("scripted@0", null, 0.90);
        for (var from = 0; from < Seconds; from += BatchSeconds)
        {
            time.Now = Start.AddSeconds(from + BatchSeconds);
            var batch = segments.Where(s => s.Second >= from && s.Second < from + BatchSeconds).Select(s => s.Record).ToList();
            if (from == 1500) await PromoteAsync("scripted@1", "scripted@0", 0.95);
            if (from == 600) batch.RemoveRange(3, Skipped);
            await intake.TakeInAsync(batch, Cancellation);
            // A rebalance brings them again: nothing is stored twice.
            if (from == 900) await intake.TakeInAsync(batch, Cancellation);
            foreach (var stored in intake.Stored.Skip(told))
                series.Add(stored.Result, stored.Committed, new BatchFigures(stored.Took, stored.Gaps, stored.Unreadable));
            told = intake.Stored.Count;
            if (from % 300 == 0) await audit.RunAsync(Cancellation);
            // What the last incident asks for stays where it is.
            if (from < 2100) await DeliverAsync(refuses: from >= 900 && from < 1200);
        }
        await JudgeAsync();
        await RejectAndRollBackAsync();
    }

    private static List<(double Second, Confluent.Kafka.ConsumeResult<byte[], byte[]> Record)> Segments()
    {
        var story = new PipelineStory();
        List<double> seconds = [];
        for (var second = 0; second < Seconds; second += TalksEvery)
        {
            // The pump stops; somebody plugs in a device that nobody knows.
            if (second is < 1300 or > 1700) Tell(() => story.Talks(2, second), second);
            if (second > 400) Tell(() => story.Talks(3, second + .5), second + .5);
            Tell(() => story.Talks(1, second + 1, strange: second is > 2200 and < 2230), second + 1);
            if (second is > 300 and < 330 or > 1000 and < 1030 or > 2250 and < 2270) Tell(() => story.Floods(1, second + 1.5), second + 1.5);
        }
        Tell(() => story.Poison(1, 1), Seconds - 1);
        var records = story.Segments.Select(Intake.Record).ToList();
        for (var i = 0; i < Poisoned; i++) records[40 + i * 700] = Intake.Record(40 + i * 700, Intake.Nonsense("no segment"));
        return [.. seconds.Zip(records)];

        void Tell(Action what, double second)
        {
            what();
            seconds.Add(second);
        }
    }

    private async Task DeliverAsync(bool refuses)
    {
        using var worker = new OutboxWorker(new OutboxDispatcher(new SqlOutbox(record.Store, "me"), [new Pager(refuses)], time), time);
        await worker.DrainAsync(Cancellation);
    }

    private Task PromoteAsync(string version, string? replaces, double auc) => AppendAsync("model-ward",
        new TrainingStarted("ward", "window-v1", "made up", 1), new ModelTrained("ward", version, "window-v1", 1000, 0.1),
        new ThresholdTuned("ward", version, 0.01, Math.Log(401), 500),
        new ModelPromoted("ward", version, replaces, $"approved by {Person}") { Figures = new(auc, auc - 0.1, 0.01, auc - 0.05) });

    private Task RejectAndRollBackAsync() => AppendAsync("model-ward",
        new ModelRejected("ward", "scripted@2", "scripted@1", $"refused by {Person}", new(0.5, 0.4, 0.2), new(0.95, 0.85, 0.01), "0"),
        new ModelRolledBack("ward", "scripted@0", "scripted@1", $"{Person} wants it"));

    private async Task JudgeAsync()
    {
        var opened = await record.Store.ReadAllAsync(0, Cancellation).Select(e => e.Event).OfType<IncidentOpened>().ToListAsync(Cancellation);
        foreach (var (incident, disposition) in opened.Take(3).Zip((Disposition[])[Disposition.TrueAttack, Disposition.FalseAlarm, Disposition.Malfunction]))
        {
            var (id, device) = (incident.IncidentId, incident.Device.Id);
            var note = PersonalText.Of(Note, [.. Enumerable.Repeat((byte)7, PersonalText.SaltBytes)]);
            await AppendAsync(Incident.StreamOf(id), [note], new IncidentAcknowledged(id, device, Person), new NoteAdded(id, device, Person, note.Digest),
                new IncidentClosed(id, device, disposition, Person, ""));
        }
    }

    private Task AppendAsync(string stream, params IReadOnlyList<DomainEvent> events) => AppendAsync(stream, [], [.. events]);

    private async Task AppendAsync(string stream, IReadOnlyList<PersonalText> texts, params IReadOnlyList<DomainEvent> events)
    {
        var id = Guid.NewGuid().ToString();
        await record.Store.CommitAsync(new Commit([new StreamAppend(stream, null,
            [.. events.Select((e, i) => new NewEvent($"{id} {i}", e, time.Now))])]) { Texts = texts }, Cancellation);
    }

    private sealed class Pager(bool refuses) : INotifier
    {
        public string Channel => "pager";

        public bool TellsRepeats => true;

        public Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default) =>
            refuses ? throw new DeliveryException(ServerWords, DeliveryFault.Permanent) : Task.FromResult<string?>(null);
    }

    /// <summary>Behind by as many records at each look; of a second partition nothing was ever read.</summary>
    private sealed class Group(IEventStore store) : ICommittedOffsets
    {
        public async Task<IReadOnlyList<GroupOffsets>> ReadAsync(CancellationToken cancellation)
        {
            var stored = (await store.ReadCheckpointAsync("t", 0, cancellation))!.Next.Offset;
            return [new("t", 0, stored, 0, stored + Waiting - 12), new("t", 1, null, 0, 12)];
        }
    }
}
