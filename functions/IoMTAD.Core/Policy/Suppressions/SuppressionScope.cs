using IoMTAD.Capture;

namespace IoMTAD.Policy.Suppressions;

/// <summary>Whose traffic is meant.</summary>
internal static class SuppressionScope
{
    /// <param name="deviceId">Null where any device is meant.</param>
    /// <param name="ward">Null where any ward is meant.</param>
    public static bool Covers(string? deviceId, string? ward, InventoryDevice device) =>
        (deviceId is null || deviceId == device.Id) && (ward is null || ward == device.Ward);
}
