using IoMTAD.Local.Recording;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>What a run left in its store, read beside it or after it.</summary>
internal static class StoredRun
{
    public static async Task<List<StoredEvent>> EventsAsync(string folder)
    {
        await using var database = SqliteDatabase.Open(folder);
        await using var store = new SqliteEventStore(database, TimeProvider.System);
        return await store.ReadAllAsync(0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<ChainReport> VerifyAsync(string folder)
    {
        await using var database = SqliteDatabase.Open(folder);
        await using var store = new SqliteEventStore(database, TimeProvider.System);
        return await new ChainVerification(store).VerifyAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Segments processed so far, in all partitions; 0 where there is no store yet.</summary>
    public static long Progress(string folder) => Ask(folder, "SELECT COALESCE(SUM(next_offset), 0) FROM checkpoints");

    /// <summary>Events of a type so far; 0 where there is no store yet.</summary>
    public static long Count(string folder, string type) => Ask(folder, $"SELECT COUNT(*) FROM events WHERE type = '{type}'");

    private static long Ask(string folder, string sql)
    {
        var file = Path.Combine(folder, SqliteDatabase.FileName);
        if (!File.Exists(file)) return 0;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // The process is only just making its tables.
            return 0;
        }
    }
}
