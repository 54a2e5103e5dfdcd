using IoMTAD.Capture;

namespace IoMTAD.Policy.Devices;

public sealed record DeviceDiscovered(InventoryDevice Device) : DomainEvent;

/// <param name="SilenceLimitSeconds">Seconds without a frame after which the device counts as silent.</param>
public sealed record BaselineLearned(InventoryDevice Device, int Segments, double LongestGapSeconds, double SilenceLimitSeconds) : DomainEvent;

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
