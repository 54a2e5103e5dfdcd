namespace IoMTAD.Hosting.Response;

/// <summary>The tables behind the outbox, in SQL that SQLite and PostgreSQL both read. It may run again at any time.</summary>
public static class OutboxSchema
{
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS outbox (
            id TEXT PRIMARY KEY, due_at BIGINT, attempts INTEGER NOT NULL, data TEXT NOT NULL, channel TEXT NOT NULL, incident TEXT,
            earlier INTEGER NOT NULL DEFAULT 0, first_attempt_at BIGINT, lease_until BIGINT, lease_owner TEXT, digest TEXT, error TEXT);
        CREATE INDEX IF NOT EXISTS outbox_by_channel ON outbox (channel, due_at);
        CREATE INDEX IF NOT EXISTS outbox_by_incident ON outbox (incident);
        CREATE TABLE IF NOT EXISTS outbox_channels (
            channel TEXT PRIMARY KEY, paused_until BIGINT, window_start BIGINT, window_messages INTEGER NOT NULL DEFAULT 0,
            delivered_at BIGINT, failed_at BIGINT, error TEXT);
        CREATE TABLE IF NOT EXISTS notification_threads (
            incident TEXT PRIMARY KEY, revision BIGINT NOT NULL, due_at BIGINT, severity INTEGER NOT NULL, open INTEGER NOT NULL,
            data TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS notification_threads_due ON notification_threads (due_at);
        """;
}
