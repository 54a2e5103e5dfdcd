using IoMTAD.Capture;

namespace IoMTAD.Hosting.Views;

/// <summary>The words by which a device is searched for: compared by letters, whatever their case.</summary>
public static class DeviceWords
{
    public static string Of(InventoryDevice device) => Of($"{device.Id}\n{device.Kind}\n{device.Ward}\n{device.Address}");

    /// <param name="text">What is searched for.</param>
    public static string Of(string text) => text.ToUpperInvariant();
}
