using IoMTAD.Capture;
using IoMTAD.Functions.Recording;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Records;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>What the database itself refuses, and to whom.</summary>
public sealed class RecordSchemaTests(PostgresServer server)
{
    private static readonly Evidence Kept =
        Evidence.Of(new Segment(Story.Pump.Address, SegmentContent.Pcap, new("t", 0, 5), new byte[] { 1 }));

    private static readonly PersonalText Note = PersonalText.Of("a note", new byte[PersonalText.SaltBytes]);

    [Theory]
    [InlineData("UPDATE mt_events SET data = data")]
    [InlineData("UPDATE mt_events SET is_archived = true")]
    [InlineData("DELETE FROM mt_events")]
    [InlineData("DELETE FROM mt_streams")]
    [InlineData("TRUNCATE mt_events")]
    [InlineData("TRUNCATE mt_streams CASCADE")]
    [InlineData("UPDATE seals SET hash = ''")]
    [InlineData("DELETE FROM seals")]
    [InlineData("TRUNCATE seals")]
    [InlineData("UPDATE evidence SET value = ''")]
    [InlineData("DELETE FROM evidence")]
    [InlineData("TRUNCATE evidence")]
    [InlineData("UPDATE texts SET text = ''")]
    [InlineData("DELETE FROM texts")]
    [InlineData("TRUNCATE texts")]
    [InlineData("DELETE FROM inbox")]
    [InlineData("UPDATE inbox SET id = id || 'x'")]
    [InlineData("TRUNCATE inbox")]
    [InlineData("DELETE FROM expired")]
    public async Task Not_even_the_owner_changes_the_record_by_mistake(string sql)
    {
        var database = await FilledAsync();
        var error = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(sql, PostgresDatabase.Deployment));
        Assert.Contains("is append-only", error.MessageText, StringComparison.Ordinal);
        await HoldsAsync(database);
    }

    [Theory]
    [InlineData("UPDATE mt_events SET data = data")]
    [InlineData("DELETE FROM mt_events")]
    [InlineData("TRUNCATE mt_events")]
    [InlineData("DELETE FROM mt_streams")]
    [InlineData("UPDATE mt_streams SET is_archived = true")]
    [InlineData("UPDATE seals SET hash = ''")]
    [InlineData("DELETE FROM seals")]
    [InlineData("UPDATE evidence SET value = ''")]
    [InlineData("UPDATE texts SET text = ''")]
    [InlineData("DELETE FROM inbox")]
    [InlineData("DELETE FROM expired")]
    [InlineData("CREATE TABLE mine (a int)")]
    [InlineData("DROP TABLE mt_events")]
    [InlineData("DROP TRIGGER never_changes ON mt_events")]
    [InlineData("ALTER TABLE mt_events DISABLE TRIGGER never_changes")]
    [InlineData("ALTER TABLE seals ADD COLUMN a int")]
    [InlineData("DROP INDEX events_by_position")]
    [InlineData("CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'")]
    [InlineData("SET session_replication_role = replica")]
    [InlineData("SELECT setval('mt_events_sequence', 1)")]
    public async Task A_running_host_has_no_right_to_more_than_it_needs(string sql)
    {
        var database = await FilledAsync();
        var error = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(sql, PostgresDatabase.RuntimeRole));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        await HoldsAsync(database);
    }

    [Theory]
    [InlineData("evidence")]
    [InlineData("texts")]
    public async Task What_may_go_goes_only_with_an_event_that_names_it(string table)
    {
        var database = await FilledAsync();
        await using var record = new MartenRecord(database.Open());
        var error = await Assert.ThrowsAsync<PostgresException>(() => RemoveAsync("another"));
        Assert.Contains("is append-only", error.MessageText, StringComparison.Ordinal);
        await RemoveAsync(table == "texts" ? Note.Digest : Kept.Sha256);

        // As by a bug: the rows go in the transaction that says that something goes.
        Task<bool> RemoveAsync(string named) => record.Store.WriteAsync(async transaction =>
        {
            await using var start = transaction.Connection!.CreateCommand();
            start.CommandText = $"""
                INSERT INTO mt_streams (id, version) VALUES ('made-up', 1);
                INSERT INTO mt_events (seq_id, id, stream_id, version, type, tenant_id, is_archived, data)
                SELECT 1000, gen_random_uuid(), 'made-up', 1, '{(table == "texts" ? nameof(TextErased) : nameof(EvidenceExpired))}', '*DEFAULT*', false,
                    jsonb_build_object('position', 1 + MAX(position), 'occurredTicks', 0, 'text', '{named}') FROM events;
                DELETE FROM {table};
                """;
            await start.ExecuteNonQueryAsync();
            return true;
        });
    }

    [Fact]
    public async Task Applied_again_it_changes_nothing_and_keeps_what_is_there()
    {
        var database = await FilledAsync();
        await using var owner = database.Open(PostgresDatabase.Deployment);
        var before = await ObjectsAsync(owner);
        await RecordSchema.ApplyAsync(owner, PostgresDatabase.RuntimeRole, TestContext.Current.CancellationToken);
        Assert.Equal(before, await ObjectsAsync(owner));
        await HoldsAsync(database);
    }

    [Fact]
    public async Task The_script_makes_what_applying_makes()
    {
        var scripted = await server.EmptyAsync();
        await scripted.ExecuteAsync(RecordSchema.Script(RecordSchema.DefaultName, PostgresDatabase.RuntimeRole), PostgresDatabase.Deployment);

        await using var record = new MartenRecord(scripted.Open());
        await record.Store.CommitAsync(Story.Discovery with { Evidence = [Kept], Texts = [Note] }, TestContext.Current.CancellationToken);
        await HoldsAsync(scripted);
    }

    [Fact]
    public async Task Analysts_see_one_row_an_event_with_its_data()
    {
        var database = await server.RecordAsync();
        await using var record = new MartenRecord(database.Open());
        var observed = new DeviceDiscovered(Story.Pump with { Ward = "a\0b" });
        var at = Story.Noon.AddTicks(12_345_678);
        await record.Store.CommitAsync(
            new Commit([new StreamAppend("device-x", null, [new NewEvent("1", observed, at)])]), TestContext.Current.CancellationToken);
        await record.Store.CommitAsync(Story.Incident(1), TestContext.Current.CancellationToken);

        await using var command = record.Source.CreateCommand("""
            SELECT position, stream, version, type, incident_id, device_id, data -> 'device' ->> 'ward', occurred_at FROM events ORDER BY position
            """);
        List<(long, string, long, string, string?, string?, string?)> rows = [];
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), Text(4), Text(5), Text(6)));
            if (rows.Count == 1) Assert.Equal(at.AddTicks(-8).UtcDateTime, reader.GetDateTime(7));
        }
        Assert.Equal(
            [
                (1, "device-x", 1, "DeviceDiscovered", null, Story.Pump.Id, "a\ufffdb"),
                (2, "incident-i1", 1, "IncidentOpened", "i1", Story.Pump.Id, Story.Pump.Ward),
                (3, "incident-i1", 2, "AnomalyObserved", "i1", null, null),
            ],
            rows);

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    private async Task<PostgresDatabase> FilledAsync()
    {
        var database = await server.RecordAsync();
        await using var record = new MartenRecord(database.Open());
        await record.Store.CommitAsync(Story.Discovery with { Evidence = [Kept], Texts = [Note] }, TestContext.Current.CancellationToken);
        return database;
    }

    private static async Task HoldsAsync(PostgresDatabase database)
    {
        await using var record = new MartenRecord(database.Open());
        var report = await new ChainVerification(record.Store).VerifyAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1L, 1L, null), (report.Events, report.Seals, report.Breach));
        Assert.NotNull(await record.Store.ReadEvidenceAsync(Kept.Segment.Position, TestContext.Current.CancellationToken));
        Assert.Equal(Note, await record.Store.ReadTextAsync(Note.Digest, TestContext.Current.CancellationToken));
    }

    /// <summary>Tables, indexes, views and triggers with their identities: one that was made anew has another.</summary>
    private static async Task<List<string>> ObjectsAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("""
            SELECT relname || ' ' || oid || ' ' || relfilenode || ' ' || COALESCE(relacl::text, '') FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace ORDER BY 1
            """);
        List<string> objects = [];
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) objects.Add(reader.GetString(0));
        return objects;
    }
}
