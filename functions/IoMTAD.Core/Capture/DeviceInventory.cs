using System.Text.Json;
using System.Text.Json.Serialization;

namespace IoMTAD.Capture;

/// <summary>One device that the hospital knows.</summary>
/// <param name="Address">MAC or IP address, as text: <see cref="DeviceAddress.TryParse"/>.</param>
/// <param name="Id">The hospital's own name for it, for example <c>monitor-07</c>: no patient's name belongs here.</param>
/// <param name="Kind">Device class, for example <c>infusion-pump</c>.</param>
public sealed record InventoryDevice(string Address, string Id, string Kind, string Ward)
{
    /// <summary>Kind and ward of a device that the inventory does not know.</summary>
    public const string UnknownKind = "unknown";

    [JsonIgnore]
    public bool IsKnown => Kind != UnknownKind;
}

/// <summary>Which addresses are known devices. Devices that it does not name are watched all the same, under their address.</summary>
public sealed class DeviceInventory
{
    private readonly Dictionary<DeviceAddress, InventoryDevice> byAddress = [];

    public DeviceInventory(IEnumerable<InventoryDevice> devices)
    {
        foreach (var device in devices)
        {
            if (!DeviceAddress.TryParse(device.Address, out var address))
                throw new FormatException($"inventory: '{device.Address}' of {device.Id} is neither a MAC nor an IP address");
            if (device.Id.Any(char.IsControl) || device.Kind.Any(char.IsControl) || device.Ward.Any(char.IsControl))
                throw new FormatException($"inventory: a name of {device.Address} holds a control character");
            if (!byAddress.TryAdd(address, device))
                throw new FormatException($"inventory: {device.Address} stands there twice, for {byAddress[address].Id} and {device.Id}");
        }
    }

    public static DeviceInventory Empty { get; } = new([]);

    public IReadOnlyCollection<InventoryDevice> Devices => byAddress.Values;

    public bool Knows(DeviceAddress address) => byAddress.ContainsKey(address);

    /// <summary>The device with this address, or one named after the address where the inventory does not know it.</summary>
    public InventoryDevice Find(string address) =>
        DeviceAddress.TryParse(address, out var parsed) && byAddress.TryGetValue(parsed, out var known)
            ? known
            : new InventoryDevice(address, address, InventoryDevice.UnknownKind, InventoryDevice.UnknownKind);

    /// <summary>Reads a JSON array of <c>{"address", "id", "kind", "ward"}</c>.</summary>
    /// <exception cref="FormatException">Not such an array; the message says where.</exception>
    public static DeviceInventory Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return new DeviceInventory(JsonSerializer.Deserialize<InventoryDevice[]>(json, JsonSerializerOptions.Web) ?? []);
        }
        catch (JsonException e)
        {
            throw new FormatException($"inventory: line {e.LineNumber + 1}: not a JSON array of devices with address, id, kind and ward", e);
        }
    }
}
