using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>Whatever is done to the tables behind the store's back is named.</summary>
public sealed class TamperingTests : IClassFixture<TamperedRecord>
{
    private const int CasesPerColumn = 12;
    private readonly TamperedRecord record;

    public TamperingTests(TamperedRecord record)
    {
        PostgresServer.Require();
        this.record = record;
    }

    [Fact]
    public async Task An_untouched_record_holds()
    {
        var report = await record.VerifyAsync(_ => Task.CompletedTask, record.Anchor);
        Assert.Null(report!.Breach);
        Assert.Equal((record.Events.Count, 7L, 20L, 6L), (report.Events, report.Streams + 1L, report.Evidence, report.Texts));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("stream_id")]
    [InlineData("version")]
    [InlineData("type")]
    [InlineData("tenant_id")]
    [InlineData("is_archived")]
    [InlineData("data.position")]
    [InlineData("data.id")]
    [InlineData("data.type")]
    [InlineData("data.occurredTicks")]
    [InlineData("data.recordedTicks")]
    [InlineData("data.text")]
    [InlineData("data.previousHash")]
    [InlineData("data.hash")]
    public async Task A_flipped_bit_in_an_event_is_named(string column)
    {
        var random = Seeded(column);
        for (var i = 0; i < CasesPerColumn; i++)
        {
            var hit = record.Events[random.Next(record.Events.Count)];
            if (column == "data.previousHash" && hit.PreviousHash.Length == 0) continue;
            var report = await record.VerifyAsync(c => TamperedRecord.FlipAsync(c, "mt_events", column, At(hit), random));
            Assert.True(report is null || report.Breach?.Position == hit.Position || report.Breach?.Id == hit.Id,
                $"{column} of event {hit.Position}: {report?.Breach}");
        }
    }

    [Theory]
    [InlineData("topic")]
    [InlineData("partition")]
    [InlineData("\"offset\"")]
    [InlineData("device")]
    [InlineData("content")]
    [InlineData("recorded_ns")]
    [InlineData("value")]
    [InlineData("sha256")]
    public async Task A_flipped_bit_in_evidence_is_named_by_its_event(string column)
    {
        var random = Seeded(column);
        var anomalies = record.Events.Where(e => e.Event is AnomalyObserved { SegmentSha256: not null }).ToList();
        for (var i = 0; i < CasesPerColumn; i++)
        {
            var hit = anomalies[random.Next(anomalies.Count)];
            var where = $"\"offset\" = {((AnomalyObserved)hit.Event!).Position.Offset}";
            var report = await record.VerifyAsync(c => TamperedRecord.FlipAsync(c, "evidence", column, where, random));
            Assert.True(report is null || report.Breach?.Id == hit.Id, $"{column} of event {hit.Position}'s evidence: {report?.Breach}");
        }
    }

    [Theory]
    [InlineData("digest")]
    [InlineData("salt")]
    [InlineData("text")]
    public async Task A_flipped_bit_in_a_text_is_named_by_its_event(string column)
    {
        var random = Seeded(column);
        var notes = record.Events.Where(e => e.Event is NoteAdded).ToList();
        for (var i = 0; i < CasesPerColumn; i++)
        {
            var hit = notes[random.Next(notes.Count)];
            var report = await record.VerifyAsync(
                c => TamperedRecord.FlipAsync(c, "texts", column, $"digest = '{((NoteAdded)hit.Event!).Text}'", random));
            Assert.True(report!.Breach?.Id == hit.Id, $"{column} of event {hit.Position}'s text: {report.Breach}");
        }
    }

    [Theory]
    [InlineData("number")]
    [InlineData("first")]
    [InlineData("last")]
    [InlineData("recorded_at")]
    [InlineData("evidence")]
    [InlineData("hash")]
    public async Task A_flipped_bit_in_a_seal_shows(string column)
    {
        var random = Seeded(column);
        for (var i = 0; i < CasesPerColumn; i++)
        {
            var number = 1 + random.NextInt64(record.Anchor.Number);
            if (column == "evidence" && number is < 7 or > 26) continue;
            var report = await record.VerifyAsync(c => TamperedRecord.FlipAsync(c, "seals", column, $"number = {number}", random));
            Assert.True(report is null || report.Breach is not null, $"{column} of seal {number}");
        }
    }

    [Fact]
    public async Task Every_event_that_is_deleted_is_named()
    {
        foreach (var gone in record.Events)
            Assert.Equal(gone.Position, (await DeleteAsync($"mt_events WHERE {At(gone)}"))!.Position);
    }

    [Fact]
    public async Task Every_row_of_the_rest_that_is_deleted_is_named_by_its_event()
    {
        for (var seal = 1; seal <= record.Anchor.Number; seal++) Assert.NotNull(await DeleteAsync($"seals WHERE number = {seal}", record.Anchor));
        foreach (var @event in record.Events)
            if (@event.Event is AnomalyObserved { SegmentSha256: { } sha256 })
                Assert.Equal(@event.Position, (await DeleteAsync($"evidence WHERE sha256 = '{sha256}'"))!.Position);
            else if (@event.Event is NoteAdded note)
                Assert.Equal(@event.Position, (await DeleteAsync($"texts WHERE digest = '{note.Text}'"))!.Position);
    }

    [Fact]
    public async Task A_stream_that_is_gone_is_named_by_its_first_event()
    {
        foreach (var stream in record.Events.GroupBy(e => e.Stream))
            Assert.Equal(stream.First().Position, (await DeleteAsync($"mt_events WHERE stream_id = '{stream.Key}'"))!.Position);
    }

    [Fact]
    public async Task A_last_commit_that_is_gone_with_its_seal_shows_against_an_anchor()
    {
        var last = record.Events[^1];
        var report = await record.VerifyAsync(
            c => TamperedRecord.ExecuteAsync(c, $"DELETE FROM mt_events WHERE {At(last)}; DELETE FROM seals WHERE last = {last.Position}"), record.Anchor);
        Assert.Equal(last.Position, report!.Breach!.Position);
    }

    [Fact]
    public async Task An_event_slipped_in_behind_the_last_seal_is_named()
    {
        var report = await record.VerifyAsync(c => TamperedRecord.ExecuteAsync(c, $"""
            INSERT INTO mt_events (seq_id, id, stream_id, version, data, type, tenant_id, is_archived)
            SELECT seq_id + 1, gen_random_uuid(), 'made-up', 1, jsonb_set(data, '{"{"}position{"}"}', '{record.Events.Count + 1}'), type, tenant_id, is_archived
            FROM mt_events WHERE {At(record.Events[^1])}
            """));
        Assert.Equal(record.Events.Count + 1, report!.Breach!.Position);
    }

    private async Task<Breach?> DeleteAsync(string what, params Anchor[] anchors) =>
        (await record.VerifyAsync(c => TamperedRecord.ExecuteAsync(c, $"DELETE FROM {what}"), anchors))!.Breach;

    private static string At(StoredEvent @event) => $"(data ->> 'position')::bigint = {@event.Position}";

    private static Random Seeded(string column) => new(column.Length * 31 + column[0]);
}
