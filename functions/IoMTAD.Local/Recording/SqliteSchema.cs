using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>The store's tables, and what an older file lacks of them.</summary>
internal static class SqliteSchema
{
    // Append-only is the database's own rule: not even a bug of ours can change an event.
    private const string Record = """
        CREATE TABLE IF NOT EXISTS events (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            stream TEXT NOT NULL, version INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
            occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, data TEXT NOT NULL,
            previous_hash TEXT NOT NULL, hash TEXT NOT NULL,
            UNIQUE (stream, version));
        CREATE INDEX IF NOT EXISTS events_by_time ON events (occurred_at);
        CREATE TRIGGER IF NOT EXISTS events_never_change BEFORE UPDATE ON events
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
        CREATE TRIGGER IF NOT EXISTS events_never_go BEFORE DELETE ON events
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
        CREATE TABLE IF NOT EXISTS evidence (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL, device TEXT NOT NULL, content TEXT NOT NULL,
            recorded_ns INTEGER NOT NULL, value BLOB NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (topic, partition, offset));
        CREATE TRIGGER IF NOT EXISTS evidence_never_changes BEFORE UPDATE ON evidence
            BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
        CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, salt TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS expired (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL, PRIMARY KEY (topic, partition, offset)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS seals (
            number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, recorded_at INTEGER, evidence TEXT NOT NULL,
            hash TEXT NOT NULL);
        CREATE TRIGGER IF NOT EXISTS seals_never_change BEFORE UPDATE ON seals
            BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
        CREATE TRIGGER IF NOT EXISTS seals_never_go BEFORE DELETE ON seals
            BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
        CREATE TRIGGER IF NOT EXISTS texts_never_change BEFORE UPDATE ON texts
            BEGIN SELECT RAISE(ABORT, 'texts are append-only'); END;
        DROP TRIGGER IF EXISTS evidence_never_goes;
        """;

    // What has no seal yet was appended by the transaction that goes on: only what an event of it names may go.
    private const string Removals = """
        CREATE TRIGGER IF NOT EXISTS evidence_goes_on_record BEFORE DELETE ON evidence WHEN NOT EXISTS (
            SELECT 1 FROM events WHERE position > (SELECT COALESCE(MAX(last), 0) FROM seals)
                AND type = 'EvidenceExpired' AND instr(data, OLD.sha256) > 0)
            BEGIN SELECT RAISE(ABORT, 'evidence is append-only: it goes with the event of its expiry alone'); END;
        CREATE TRIGGER IF NOT EXISTS texts_go_on_record BEFORE DELETE ON texts WHEN NOT EXISTS (
            SELECT 1 FROM events WHERE position > (SELECT COALESCE(MAX(last), 0) FROM seals)
                AND type = 'TextErased' AND instr(data, OLD.digest) > 0)
            BEGIN SELECT RAISE(ABORT, 'texts are append-only: one goes with the event of its erasure alone'); END;
        """;

    private const string State = """
        CREATE TABLE IF NOT EXISTS checkpoints (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL, clock INTEGER,
            PRIMARY KEY (topic, partition)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS watches (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, address TEXT NOT NULL, data TEXT NOT NULL,
            PRIMARY KEY (topic, partition, address)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS score_hours (
            model TEXT NOT NULL, hour INTEGER NOT NULL, bin INTEGER NOT NULL, segments INTEGER NOT NULL, strange INTEGER NOT NULL,
            PRIMARY KEY (model, hour, bin)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS score_batches (row INTEGER PRIMARY KEY, model TEXT NOT NULL, counts TEXT NOT NULL);
        """;

    // Made of events alone. Times are ticks, names are numbers, a score is its place in the order of all scores.
    private const string Derived = """
        CREATE TABLE IF NOT EXISTS view_rows (
            view TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (view, key));
        CREATE INDEX IF NOT EXISTS notifications_by_time ON view_rows (json_extract(data, '$.requestedAt'), key) WHERE view = 'notifications';
        CREATE INDEX IF NOT EXISTS notifications_by_state ON view_rows (json_extract(data, '$.state'), json_extract(data, '$.requestedAt'), key)
            WHERE view = 'notifications';
        CREATE TABLE IF NOT EXISTS view_positions (view TEXT PRIMARY KEY, next_position INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS names (number INTEGER PRIMARY KEY, sort TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (sort, name));
        CREATE TABLE IF NOT EXISTS event_index (
            position INTEGER PRIMARY KEY, time INTEGER NOT NULL, type INTEGER NOT NULL, incident INTEGER, device INTEGER, ward INTEGER,
            kind INTEGER, class INTEGER, severity INTEGER, score INTEGER NOT NULL,
            features0 INTEGER NOT NULL, features1 INTEGER NOT NULL, features2 INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS event_index_by_incident ON event_index (incident) WHERE incident IS NOT NULL;
        CREATE TABLE IF NOT EXISTS incident_index (
            number INTEGER PRIMARY KEY, incident TEXT NOT NULL UNIQUE, open INTEGER NOT NULL, opened_at INTEGER NOT NULL, seen_at INTEGER NOT NULL,
            severity INTEGER NOT NULL, score INTEGER NOT NULL, device INTEGER NOT NULL, ward INTEGER NOT NULL, kind INTEGER NOT NULL,
            class INTEGER, technique TEXT, disposition INTEGER);
        CREATE INDEX IF NOT EXISTS incident_index_open ON incident_index (open, opened_at);
        CREATE INDEX IF NOT EXISTS incident_index_by_device ON incident_index (device, opened_at);
        CREATE INDEX IF NOT EXISTS incident_index_by_disposition ON incident_index (disposition) WHERE disposition IS NOT NULL;
        CREATE TABLE IF NOT EXISTS device_index (
            device TEXT PRIMARY KEY, ward TEXT NOT NULL, words TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS device_hours (
            hour INTEGER NOT NULL, device INTEGER NOT NULL, ward INTEGER NOT NULL, incidents INTEGER NOT NULL, segments INTEGER NOT NULL,
            PRIMARY KEY (hour, device)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS class_hours (
            hour INTEGER NOT NULL, class INTEGER NOT NULL, technique TEXT, segments INTEGER NOT NULL, PRIMARY KEY (hour, class)) WITHOUT ROWID;
        """;

    public static void Ensure(SqliteConnection connection)
    {
        // Rows used to lie in the order of their keys: of incidents, that is none, and each was written to another page.
        if (Exists(connection, "name = 'view_rows' AND sql LIKE '%WITHOUT ROWID%'")) Execute(connection, "DROP TABLE view_rows; DELETE FROM view_positions");
        if (Exists(connection, "name = 'event_index' AND sql LIKE '%disposition%'")) Execute(connection, "DROP TABLE event_index; DELETE FROM view_positions");
        foreach (var part in (string[])[Record, Removals, State, Derived]) Execute(connection, part);
        if (!Exists(connection, "name = 'checkpoints' AND sql LIKE '%clock%'")) Execute(connection, "ALTER TABLE checkpoints ADD COLUMN clock INTEGER");
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static bool Exists(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT 1 FROM sqlite_master WHERE type = 'table' AND {table}";
        return command.ExecuteScalar() is not null;
    }
}
