using IoMTAD.Capture;

namespace IoMTAD.Policy.Devices;

public sealed record DeviceDiscovered(InventoryDevice Device) : DomainEvent;

/// <param name="SilenceLimitSeconds">Seconds without a frame after which the device counts as silent.</param>
/// <param name="TypicalRate">Median packets per second.</param>
/// <param name="RateLimit">Packets per second above which its traffic counts as strange.</param>
/// <param name="Normal">Mean of each of the model's features, as stored.</param>
public sealed record BaselineLearned(
    InventoryDevice Device, int Segments, double LongestGapSeconds, double SilenceLimitSeconds, double TypicalRate, double RateLimit,
    IReadOnlyList<float> Normal) : DomainEvent;

public sealed record DeviceWentSilent(InventoryDevice Device, DateTimeOffset LastSeen, double SilenceLimitSeconds) : DomainEvent;

public sealed record DeviceResumed(InventoryDevice Device, double SilentSeconds) : DomainEvent;

/// <summary>What its events make of a device.</summary>
public sealed record Device(InventoryDevice Identity, DateTimeOffset DiscoveredAt, bool IsSilent, double? SilenceLimitSeconds)
{
    public static Device? Apply(Device? state, DomainEvent @event, DateTimeOffset occurredAt) => (@event, state) switch
    {
        (DeviceDiscovered e, _) => new Device(e.Device, occurredAt, IsSilent: false, SilenceLimitSeconds: null),
        (_, null) => null,
        (BaselineLearned e, _) => state with { SilenceLimitSeconds = e.SilenceLimitSeconds },
        (DeviceWentSilent, _) => state with { IsSilent = true },
        (DeviceResumed, _) => state with { IsSilent = false },
        _ => state,
    };

    public static string StreamOf(InventoryDevice device) => $"device-{device.Id}";
}
