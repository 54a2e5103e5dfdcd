using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>The store's file: one writer at a time, readers beside it (write-ahead log).</summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    public const string FileName = "events.db";

    // Append-only is the database's own rule: not even a bug of ours can change an event.
    private const string Schema = """
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
        CREATE TRIGGER IF NOT EXISTS evidence_never_goes BEFORE DELETE ON evidence
            BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
        CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, salt TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS outbox (
            id TEXT PRIMARY KEY, due_at INTEGER, attempts INTEGER NOT NULL, data TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS checkpoints (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL, PRIMARY KEY (topic, partition)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS watches (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, address TEXT NOT NULL, data TEXT NOT NULL,
            PRIMARY KEY (topic, partition, address)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS view_rows (
            view TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (view, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS view_positions (view TEXT PRIMARY KEY, next_position INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private readonly string connectionString;
    private readonly SqliteConnection writer;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Dictionary<string, SqliteCommand> prepared = [];

    private SqliteDatabase(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();
        writer = Connect();
        // FULL: a committed event survives a power cut, so that a Kafka offset committed after it never skips one.
        // The indexes are hit at random: 32 MiB of pages stay in memory, and reach the main file after as much of the log, not after 4 MiB.
        Execute(writer, """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -32768;
            """);
        Execute(writer, Schema);
        Response.OutboxTables.Complete(writer);
    }

    /// <param name="folder">Made where it is missing.</param>
    public static SqliteDatabase Open(string folder)
    {
        Directory.CreateDirectory(folder);
        return new SqliteDatabase(Path.Combine(folder, FileName));
    }

    /// <summary>A connection of its own, for reading.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        // Without it INSERT OR REPLACE would pass the triggers by.
        Execute(connection, "PRAGMA recursive_triggers = ON");
        return connection;
    }

    /// <summary>Runs <paramref name="work"/> in one transaction, alone; an exception rolls it back.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteTransaction, T> work, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            using var transaction = writer.BeginTransaction(deferred: false);
            var result = work(transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>A command of the writer's, prepared once; its parameters are set anew by each use.</summary>
    public SqliteCommand Prepared(SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = writer.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters) command.Parameters.Add(new SqliteParameter(name, value: null));
            prepared[sql] = command;
        }
        command.Transaction = transaction;
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values) await command.DisposeAsync();
        await writer.DisposeAsync();
        writing.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
