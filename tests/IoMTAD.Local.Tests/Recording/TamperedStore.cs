using IoMTAD.Local.Recording;
using IoMTAD.Local.Tests.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Local.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Tests.Recording;

/// <summary>A store with events, evidence and notes, and copies of it that somebody has put a hand to, triggers dropped.</summary>
public sealed class TamperedStore : IAsyncLifetime
{
    private const string DropTriggers = """
        DROP TRIGGER events_never_change; DROP TRIGGER events_never_go; DROP TRIGGER evidence_never_changes; DROP TRIGGER evidence_goes_on_record;
        DROP TRIGGER texts_never_change; DROP TRIGGER texts_go_on_record; DROP TRIGGER seals_never_change; DROP TRIGGER seals_never_go;
        """;

    private readonly TemporaryFolder folder = new();
    private int copies;

    /// <summary>What was committed, in order.</summary>
    public IReadOnlyList<StoredEvent> Events { get; private set; } = [];

    public Anchor Anchor { get; private set; } = null!;

    private string Original => folder.File("original");

    public async ValueTask InitializeAsync()
    {
        await using var database = SqliteDatabase.Open(Original);
        await using var store = new SqliteEventStore(database, new ManualTime());
        await store.CommitAsync(Story.Discovery);
        for (var i = 0; i < 5; i++) await store.CommitAsync(Story.Incident(i));
        for (var i = 10; i < 30; i++) await store.CommitAsync(Story.Anomaly(i));
        for (var i = 0; i < 6; i++)
        {
            var text = PersonalText.Of($"note {i}", [.. Enumerable.Repeat((byte)i, PersonalText.SaltBytes)]);
            var note = new NoteAdded($"i{i % 5}", Story.Pump.Id, "me", text.Digest);
            var append = new StreamAppend(Incident.StreamOf(note.IncidentId), null, [new NewEvent($"note {i}", note, Story.Noon)]);
            await store.CommitAsync(new Commit([append]) { Texts = [text] });
        }
        await new SqliteViews(database, store).CatchUpAsync();
        Events = await store.ReadAllAsync().ToListAsync();
        var seal = (await store.ReadSealedHeadAsync()).Seal!;
        Anchor = new Anchor(seal.Number, seal.Last, seal.Hash, Story.Noon);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What verification makes of a copy on which this was done.</summary>
    public async Task<ChainReport> VerifyAsync(Action<SqliteConnection> tamper, params Anchor[] anchors)
    {
        var copy = folder.File($"copy {Interlocked.Increment(ref copies)}");
        Directory.CreateDirectory(copy);
        using (var original = Connect(Original)) Execute(original, $"VACUUM INTO '{Path.Combine(copy, SqliteDatabase.FileName)}'");
        using (var connection = Connect(copy))
        {
            Execute(connection, DropTriggers);
            tamper(connection);
        }
        await using var database = SqliteDatabase.Open(copy);
        await using var store = new SqliteEventStore(database, TimeProvider.System);
        return await new ChainVerification(store)
        {
            Anchors = anchors, Trace = position => SqliteTrace.FindAsync(database, position, CancellationToken.None),
        }.VerifyAsync();
    }

    public static int Execute(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, SqliteDatabase.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }
}
