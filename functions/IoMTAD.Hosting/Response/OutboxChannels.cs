using System.Data.Common;
using IoMTAD.Hosting.Recording;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response;

/// <summary>What is remembered of a channel beside its messages; each statement within the caller's transaction.</summary>
internal static class OutboxChannels
{
    public static Task<int> PauseAsync(DbTransaction transaction, string channel, DateTimeOffset until) => transaction.ExecuteAsync(
        """
        INSERT INTO outbox_channels (channel, paused_until) VALUES (@channel, @until)
        ON CONFLICT (channel) DO UPDATE SET paused_until = CASE
            WHEN outbox_channels.paused_until > excluded.paused_until THEN outbox_channels.paused_until ELSE excluded.paused_until END
        """,
        ("@channel", channel), ("@until", until.UtcTicks));

    public static async Task KeepWindowAsync(DbTransaction transaction, string channel, DispatchPlan plan)
    {
        if (plan.WindowStart is not { } start) return;
        await transaction.ExecuteAsync(
            """
            INSERT INTO outbox_channels (channel, window_start, window_messages) VALUES (@channel, @start, @messages)
            ON CONFLICT (channel) DO UPDATE SET window_start = excluded.window_start, window_messages = excluded.window_messages
            """,
            ("@channel", channel), ("@start", start.UtcTicks), ("@messages", plan.WindowMessages));
    }

    /// <param name="delivered">Null where nothing was.</param>
    /// <param name="failed">Null where nothing did.</param>
    public static Task KeepHealthAsync(DbTransaction transaction, string channel, DateTimeOffset? delivered, DateTimeOffset? failed, string? error) =>
        transaction.ExecuteAsync(
            """
            INSERT INTO outbox_channels (channel, delivered_at, failed_at, error) VALUES (@channel, @delivered, @failed, @error)
            ON CONFLICT (channel) DO UPDATE SET delivered_at = COALESCE(excluded.delivered_at, outbox_channels.delivered_at),
                failed_at = COALESCE(excluded.failed_at, outbox_channels.failed_at), error = COALESCE(excluded.error, outbox_channels.error)
            """,
            ("@channel", channel), ("@delivered", delivered?.UtcTicks), ("@failed", failed?.UtcTicks), ("@error", error));
}
