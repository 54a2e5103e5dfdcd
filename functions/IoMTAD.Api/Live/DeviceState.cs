using System.Text.Json.Serialization;
using IoMTAD.Capture;
using IoMTAD.Policy;

namespace IoMTAD.Api.Live;

/// <summary>How a device talks at this moment.</summary>
public enum DeviceCondition
{
    /// <summary>On record, and not heard since the watch began.</summary>
    Unheard,
    Learning,
    Normal,

    /// <summary>The last segment was strange, which alone is no incident.</summary>
    Strange,

    /// <summary>An incident of it is going on.</summary>
    Incident,
    Silent,
}

/// <summary>A device as it is now.</summary>
/// <param name="Score">Of its last segment; null while none was scored.</param>
/// <param name="Threshold">Above it a segment is strange.</param>
/// <param name="LastSeen">Traffic time.</param>
/// <param name="OpenIncidents">Not closed by anybody, going on or not.</param>
/// <param name="Incidents">All on record.</param>
/// <param name="Worst">Highest severity among the open ones.</param>
/// <param name="MutedUntil">Traffic time until which nobody is told of it; null where somebody is.</param>
/// <param name="SilenceLimitSeconds">Seconds without a frame after which it counts as silent; null until that is learned.</param>
public sealed record DeviceState(
    InventoryDevice Device, DeviceCondition State, double? Score, double Threshold, DateTimeOffset? LastSeen, long Packets, int OpenIncidents,
    int Incidents, Severity? Worst, DateTimeOffset? MutedUntil, double? SilenceLimitSeconds)
{
    [JsonIgnore]
    public string Id => Device.Id;}
