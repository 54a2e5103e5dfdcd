namespace IoMTAD.Views;

/// <summary>How a channel is.</summary>
/// <param name="Type">For example <c>email</c>.</param>
/// <param name="Target">Where it leads, without secrets.</param>
/// <param name="IsHealthy">Its last attempt got out, or there was none yet.</param>
/// <param name="Waiting">Notifications that are not delivered yet.</param>
/// <param name="Failed">Notifications that were given up.</param>
public sealed record ChannelHealth(
    string Name, string Type, string Target, bool IsHealthy, DateTimeOffset? LastDeliveredAt, string? LastError, int Waiting, int Failed);
