using IoMTAD.Policy.Notifications;
using IoMTAD.Views;

namespace IoMTAD.Api.Desks;

/// <summary>How many messages wait for delivery, and how many were given up: somebody has to look at those.</summary>
public sealed record NotificationFigures(int Waiting, int Failed);

/// <summary>What became of a test message.</summary>
/// <param name="Error">The server's own words where it did not take the message, or whom it did not reach; null where all is well.</param>
public sealed record TestResult(bool Delivered, string? Error);

/// <summary>A message as its receiver reads it.</summary>
/// <param name="At">When it was written, by the host's clock.</param>
/// <param name="To">The file that it was written to.</param>
public sealed record Letter(DateTimeOffset At, string Channel, string To, string Subject, string Text, string? IncidentId);

/// <summary>Where people see who was told, and send again what was given up.</summary>
public interface INotificationDesk
{
    Task<NotificationFigures> CountAsync(CancellationToken cancellation = default);

    /// <summary>Newest first.</summary>
    /// <param name="state">Null for all.</param>
    /// <exception cref="FormatException"><paramref name="after"/> is no place in this list.</exception>
    Task<Page<NotificationRow>> ListAsync(MessageState? state, string? after, int limit, CancellationToken cancellation = default);

    /// <summary>How each configured channel is.</summary>
    Task<IReadOnlyList<ChannelHealth>> ReadHealthAsync(CancellationToken cancellation = default);

    /// <summary>The latest messages that were written to a file in place of being sent, newest first; null where no channel does so.</summary>
    Task<IReadOnlyList<Letter>?> ReadLettersAsync(CancellationToken cancellation = default);

    Task<ActOutcome<NotificationRow>> ResendAsync(string id, string by, CancellationToken cancellation = default);

    /// <summary>Sends a test message now, past the queue.</summary>
    Task<ActOutcome<TestResult>> TestAsync(string channel, CancellationToken cancellation = default);
}
