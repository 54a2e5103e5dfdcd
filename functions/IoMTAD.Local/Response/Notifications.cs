using IoMTAD.Local.Recording;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Policy;
using IoMTAD.Response;
using IoMTAD.Views;
using Spectre.Console;

namespace IoMTAD.Local.Response;

/// <summary>What stands behind a store's outbox: the channels as configured, and those who look after them.</summary>
/// <param name="folder">Of the event store.</param>
public sealed class Notifications(
    NotificationSettings settings, string folder, SqliteDatabase database, SqliteEventStore events, IAnsiConsole console, TimeProvider time)
{
    private readonly NotifierSurroundings surroundings = new(console, folder, settings.BaseAddress, time);

    public SqliteOutbox Outbox { get; } = new(database, events);

    /// <summary>As the policy asks the channels.</summary>
    public PolicyOptions Policy => new() { Routes = settings.Routes };

    /// <summary>Sends what is due, and asks for what follows.</summary>
    public OutboxWorker CreateWorker()
    {
        var dispatcher = new OutboxDispatcher(Outbox, settings.Channels.Select(c => c.Create(surroundings)), time,
            settings.Channels.ToDictionary(c => c.Name, c => c.Options), Random.Shared.NextDouble);
        return new OutboxWorker(dispatcher, time, new FollowUps(new SqliteFollowUps(database), events, settings.FollowUps, settings.Heartbeat, time));
    }

    /// <returns>Null where no channel of this name is configured.</returns>
    public INotifier? NotifierOf(string channel) => settings.Channels.FirstOrDefault(c => c.Name == channel)?.Create(surroundings);

    /// <summary>How each configured channel is.</summary>
    public async Task<IReadOnlyList<ChannelHealth>> ReadHealthAsync(CancellationToken cancellation = default)
    {
        var outcomes = (await Outbox.ReadOutcomesAsync(cancellation)).ToDictionary(o => o.Channel);
        return [.. settings.Channels.Select(c => Health(c, outcomes.GetValueOrDefault(c.Name)))];
    }

    private static ChannelHealth Health(ChannelSettings channel, ChannelOutcome? outcome) => new(
        channel.Name, channel.Type, channel.Target, outcome?.LastFailedAt is not { } failed || failed < outcome.LastDeliveredAt,
        outcome?.LastDeliveredAt, outcome?.LastError, outcome?.Waiting ?? 0, outcome?.Failed ?? 0);
}
