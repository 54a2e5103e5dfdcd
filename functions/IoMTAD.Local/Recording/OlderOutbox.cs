using IoMTAD.Hosting.Response;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>Makes the outbox's tables, and completes those of a store from before there were leases.</summary>
internal static class OlderOutbox
{
    private const string Columns = """
        ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT '';
        ALTER TABLE outbox ADD COLUMN incident TEXT;
        ALTER TABLE outbox ADD COLUMN earlier INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE outbox ADD COLUMN first_attempt_at INTEGER;
        ALTER TABLE outbox ADD COLUMN lease_until INTEGER;
        ALTER TABLE outbox ADD COLUMN lease_owner TEXT;
        ALTER TABLE outbox ADD COLUMN digest TEXT;
        ALTER TABLE outbox ADD COLUMN error TEXT;
        UPDATE outbox SET channel = json_extract(data, '$.channel'), incident = json_extract(data, '$.incidentId');
        """;

    public static void Complete(SqliteConnection writer)
    {
        using var transaction = writer.BeginTransaction(deferred: false);
        using var command = writer.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT COUNT(*) > 0 AND SUM(name = 'lease_until') = 0 FROM pragma_table_info('outbox')";
        var isOlder = (long)command.ExecuteScalar()! > 0;
        command.CommandText = isOlder ? Columns + OutboxSchema.Sql : OutboxSchema.Sql;
        command.ExecuteNonQuery();
        transaction.Commit();
    }
}
