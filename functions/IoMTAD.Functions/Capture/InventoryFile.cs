using IoMTAD.Capture;
using IoMTAD.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Capture;

/// <summary>The hospital's devices: <c>inventory.json</c> beside the program, or the file that <c>Inventory:File</c> names,
/// or <c>Inventory:Json</c> itself.</summary>
internal static class InventoryFile
{
    private const string Name = "inventory.json";

    /// <returns>An empty one where there is neither: all devices are strangers then.</returns>
    /// <exception cref="SettingsException">It is not there, or is none.</exception>
    public static DeviceInventory Read(IConfiguration configuration, string folder)
    {
        if (configuration["Inventory:Json"] is { Length: > 0 } json) return Parse(System.Text.Encoding.UTF8.GetBytes(json), "Inventory:Json");
        var path = Path.Combine(folder, configuration["Inventory:File"] is { Length: > 0 } named ? named : Name);
        if (File.Exists(path)) return Parse(File.ReadAllBytes(path), path);
        return configuration["Inventory:File"] is { Length: > 0 }
            ? throw new SettingsException($"Inventory:File: there is no '{path}'")
            : DeviceInventory.Empty;
    }

    private static DeviceInventory Parse(byte[] json, string source)
    {
        try
        {
            return DeviceInventory.Parse(json);
        }
        catch (FormatException e)
        {
            throw new SettingsException($"{source}: {e.Message}");
        }
    }
}
