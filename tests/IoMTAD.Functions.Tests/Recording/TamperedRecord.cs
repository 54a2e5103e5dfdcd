using IoMTAD.Functions.Recording;
using IoMTAD.Local.Tests.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>A record with events, evidence and notes, and what verification makes of it once somebody has put a hand to it.</summary>
public sealed class TamperedRecord(PostgresServer server) : IAsyncLifetime
{
    private static readonly string[] Tables = ["mt_streams", "mt_events", "seals", "evidence", "texts"];

    private PostgresDatabase database = null!;
    private NpgsqlDataSource? source;

    /// <summary>What was committed, in order.</summary>
    public IReadOnlyList<StoredEvent> Events { get; private set; } = [];

    public Anchor Anchor { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // A fixture cannot skip; each of its tests does.
        if (PostgresServer.Find() is null) return;
        database = await server.RecordAsync();
        await using var record = new MartenRecord(database.Open(), new ManualTime());
        await record.Store.CommitAsync(Story.Discovery);
        for (var i = 0; i < 5; i++) await record.Store.CommitAsync(Story.Incident(i));
        for (var i = 10; i < 30; i++) await record.Store.CommitAsync(Story.Anomaly(i));
        for (var i = 0; i < 6; i++)
        {
            var text = PersonalText.Of($"note {i}", [.. Enumerable.Repeat((byte)i, PersonalText.SaltBytes)]);
            var note = new NoteAdded($"i{i % 5}", Story.Pump.Id, "me", text.Digest);
            await record.Store.CommitAsync(
                new Commit([new StreamAppend(Incident.StreamOf(note.IncidentId), null, [new NewEvent($"note {i}", note, Story.Noon)])]) { Texts = [text] });
        }
        Events = await record.Store.ReadAllAsync().ToListAsync();
        var seal = (await record.Store.ReadSealedHeadAsync()).Seal!;
        source = database.Open(PostgresDatabase.Owner);
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync(connection, "CREATE SCHEMA original");
        foreach (var table in Tables) await ExecuteAsync(connection, $"CREATE TABLE original.{table} AS TABLE {table}");
        Anchor = new Anchor(seal.Number, seal.Last, seal.Hash, Story.Noon);
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null) await source.DisposeAsync();
    }

    /// <summary>What verification finds once this was done as superuser and without triggers; it is undone afterwards.</summary>
    /// <returns>Null where the database's own rules refused it.</returns>
    public async Task<ChainReport?> VerifyAsync(Func<NpgsqlConnection, Task> tamper, params Anchor[] anchors)
    {
        await using var connection = await source!.OpenConnectionAsync();
        await ExecuteAsync(connection, "SET session_replication_role = replica");
        try
        {
            await tamper(connection);
            await using var record = new MartenRecord(database.Open());
            return await new ChainVerification(record.Store) { Anchors = anchors }.VerifyAsync();
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            return null;
        }
        finally
        {
            foreach (var table in Tables) await ExecuteAsync(connection, $"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM original.{table}");
        }
    }

    public static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, params List<object?> parameters)
    {
        await using var command = connection.Statement(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Flips one bit of a column, or of a value in a column of jsonb: <c>data.text</c>.</summary>
    public static async Task FlipAsync(NpgsqlConnection connection, string table, string column, string where, Random random)
    {
        var (whole, field) = column.Split('.') is [var c, var f] ? (c, f) : (column, null);
        object before;
        await using (var command = connection.Statement($"SELECT {(field is null ? whole : Field(field))} FROM {table} WHERE {where}"))
            before = (await command.ExecuteScalarAsync())!;
        object changed = before switch
        {
            bool value => !value,
            int value => value ^ (1 << random.Next(31)),
            long value => value ^ (1L << random.Next(62)),
            byte[] value => Flip(value, random),
            Guid value => new Guid(Flip(value.ToByteArray(), random)),
            string value => Flip(value, random),
            _ => throw new InvalidOperationException($"{column} is a {before.GetType()}"),
        };
        var set = field is null ? "$1" : $"jsonb_set({whole}, '{{{field}}}', to_jsonb($1))";
        if (!Equals(before, changed)) Assert.Equal(1, await ExecuteAsync(connection, $"UPDATE {table} SET {whole} = {set} WHERE {where}", changed));
    }

    private static string Field(string field) =>
        field is "position" or "occurredTicks" or "recordedTicks" ? $"(data ->> '{field}')::bigint" : $"data ->> '{field}'";

    private static byte[] Flip(byte[] value, Random random)
    {
        byte[] flipped = [.. value];
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    // Of a character of ASCII, so that the database takes it.
    private static string Flip(string value, Random random)
    {
        if (value.Length == 0) return value;
        var characters = value.ToCharArray();
        ref var hit = ref characters[random.Next(characters.Length)];
        if ((hit ^ (1 << random.Next(5))) is > 0 and < 128 and var flipped) hit = (char)flipped;
        return new string(characters);
    }
}
