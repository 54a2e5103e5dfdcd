using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>The store's file: one writer at a time, readers beside it (write-ahead log).</summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    public const string FileName = "events.db";

    private readonly string connectionString;
    private readonly SqliteConnection writer;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Dictionary<string, SqliteCommand> prepared = [];
    private readonly Dictionary<string, SqliteStatement> statements = [];

    private string synchronous = "FULL";

    private SqliteDatabase(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();
        writer = Connect();
        // FULL: a committed event survives a power cut, so that a Kafka offset committed after it never skips one.
        // The indexes are hit at random: 32 MiB of pages stay in memory, and reach the main file after as much of the log, not after 4 MiB.
        SqliteSchema.Execute(writer, """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -32768; PRAGMA threads = 2;
            """);
        SqliteSchema.Ensure(writer);
        OlderOutbox.Complete(writer);
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
        SqliteSchema.Execute(connection, "PRAGMA recursive_triggers = ON");
        return connection;
    }

    /// <summary>Held while views are brought up to date: whoever else in this process wants the same, waits for it instead.</summary>
    internal SemaphoreSlim Folding { get; } = new(1, 1);

    /// <summary>Runs <paramref name="work"/> in one transaction, alone; an exception rolls it back.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteTransaction, Task<T>> work, CancellationToken cancellation) => WriteAsync(work, "FULL", cancellation);

    /// <summary>The same for rows that can be made again: a power cut may take the last of them, and nobody waits for the disk.</summary>
    internal Task<T> WriteDerivedAsync<T>(Func<SqliteTransaction, T> work, CancellationToken cancellation) =>
        WriteAsync(transaction => Task.FromResult(work(transaction)), "NORMAL", cancellation);

    private async Task<T> WriteAsync<T>(Func<SqliteTransaction, Task<T>> work, string synchronous, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            if (synchronous != this.synchronous) SqliteSchema.Execute(writer, $"PRAGMA synchronous = {synchronous}");
            this.synchronous = synchronous;
            using var transaction = writer.BeginTransaction(deferred: false);
            var result = await work(transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>After something was erased: no copy of it stays in the write-ahead log. Where a reader keeps the log busy,
    /// the next checkpoint does it.</summary>
    internal async Task TruncateLogAsync(CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            SqliteSchema.Execute(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
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

    /// <summary>A statement of the writer's for what is run a million times: its parameters are numbered from 1.</summary>
    internal SqliteStatement Statement(string sql) =>
        statements.TryGetValue(sql, out var statement) ? statement : statements[sql] = new SqliteStatement(writer, sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        foreach (var command in prepared.Values) await command.DisposeAsync();
        await writer.DisposeAsync();
        writing.Dispose();
        Folding.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }
}
