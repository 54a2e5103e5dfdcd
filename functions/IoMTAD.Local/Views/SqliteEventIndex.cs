using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Views;

/// <summary>A narrow row beside each event, with what questions filter and sort by; of its incident, what settles within seconds
/// stands in it too.</summary>
/// <remarks>How an incident was closed is looked up where it is asked for: it comes late, when its events lie far behind.</remarks>
internal sealed class SqliteEventIndex(SqliteDatabase database, SqliteNames names)
{
    /// <summary>Features that have a bit of their own: three columns of 63. No schema comes near.</summary>
    public const int BitsPerColumn = 63, MostFeatures = 3 * BitsPerColumn;

    // Made once all rows are in: sorting them is several times as fast as putting each in its place.
    private static readonly (string Name, string Columns)[] Indexes =
    [
        ("time", "(time)"),
        ("device", "(device, time) WHERE device IS NOT NULL"),
        ("ward", "(ward, time) WHERE ward IS NOT NULL"),
        ("class", "(class, time) WHERE class IS NOT NULL"),
        ("type", "(type, time)"),
        ("score", "(score)"),
    ];

    public static void DropIndexes(SqliteDatabase database, SqliteTransaction transaction)
    {
        foreach (var (name, _) in Indexes) Run(database, transaction, $"DROP INDEX IF EXISTS event_index_by_{name}");
    }

    /// <returns>How many there are.</returns>
    public static int MakeIndexes(SqliteDatabase database, SqliteTransaction transaction)
    {
        foreach (var (name, columns) in Indexes)
            Run(database, transaction, $"CREATE INDEX IF NOT EXISTS event_index_by_{name} ON event_index {columns}");
        return Indexes.Length;
    }

    /// <summary>Whether all of them are there.</summary>
    public static bool HasIndexes(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'event_index' AND name <> 'event_index_by_incident'";
        return command.ExecuteScalar() is long count && count == Indexes.Length;
    }

    private readonly SqliteStatement insert = database.Statement(
        "INSERT OR REPLACE INTO event_index VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");

    /// <param name="keys">Of the incident that it belongs to; null for others.</param>
    public void Add(StoredEvent @event, in IndexedEvent found, IncidentKeys? keys)
    {
        Span<long> features = stackalloc long[3];
        foreach (var feature in found.Features)
            if (names.NumberOf(SqliteNames.Feature, feature.Name) is { } number and <= MostFeatures)
                features[ColumnOf(number)] |= BitOf(number);
        insert.Bind(1, @event.Position).Bind(2, @event.OccurredAt.UtcTicks).Bind(3, names.NumberOf(SqliteNames.Type, @event.Type)).Bind(4, keys?.Number)
            .Bind(5, keys?.Device ?? names.NumberOf(SqliteNames.Device, found.DeviceId))
            .Bind(6, keys?.Ward ?? names.NumberOf(SqliteNames.Ward, found.Ward)).Bind(7, keys?.Kind).Bind(8, keys?.Class).Bind(9, keys?.Severity)
            .Bind(10, ScoreOrder.Of(found.Score)).Bind(11, features[0]).Bind(12, features[1]).Bind(13, features[2]).Run();
    }

    /// <summary>An incident has become another: its earlier events are found by what it is now.</summary>
    public void Update(in IncidentKeys keys) => database.Statement(
        "UPDATE event_index SET class = ?2, severity = ?3 WHERE incident = ?1")
        .Bind(1, keys.Number).Bind(2, keys.Class).Bind(3, keys.Severity).Run();

    public static int ColumnOf(long feature) => (int)(feature - 1) / BitsPerColumn;

    public static long BitOf(long feature) => 1L << (int)((feature - 1) % BitsPerColumn);

    private static void Run(SqliteDatabase database, SqliteTransaction transaction, string sql) =>
        database.Prepared(transaction, sql).ExecuteNonQuery();
}
