using IoMTAD.Policy.Notifications;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response.Settings;

/// <summary>A channel as it is configured.</summary>
/// <param name="Target">Where it leads, without secrets.</param>
/// <param name="Create">Makes its notifier.</param>
public sealed record ChannelSettings(
    string Name, string Type, string Target, ChannelOptions Options, ChannelFallback? Fallback, Func<NotifierSurroundings, INotifier> Create);

/// <summary>What notifiers are made with; a host whose own channels need more derives from it.</summary>
/// <param name="BaseAddress">Of the page, for links; null for none.</param>
public record NotifierSurroundings(Uri? BaseAddress, TimeProvider Time);

/// <summary>Who is told of what, and how.</summary>
/// <param name="BaseAddress">Of the page, for links; null for none.</param>
/// <param name="Heartbeat">Null for none.</param>
public sealed record NotificationSettings(
    Uri? BaseAddress, IReadOnlyList<ChannelSettings> Channels, IReadOnlyList<NotificationRoute> Routes, FollowUpOptions FollowUps,
    HeartbeatOptions? Heartbeat);
