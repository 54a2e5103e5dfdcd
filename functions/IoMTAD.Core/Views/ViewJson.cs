using System.Text.Json;
using System.Text.Json.Serialization;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Views;

/// <summary>The JSON form of view rows: the API and the page show them as they are stored.</summary>
public static class ViewJson
{
    public static T Read<T>(string json) => (T)JsonSerializer.Deserialize(json, typeof(T), ViewJsonContext.Default)!;

    public static string Write<T>(T row) => JsonSerializer.Serialize(row, typeof(T), ViewJsonContext.Default);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(DeviceHealth))]
[JsonSerializable(typeof(DetectionMinute))]
[JsonSerializable(typeof(Model))]
[JsonSerializable(typeof(Suppression))]
[JsonSerializable(typeof(NotificationRow))]
internal sealed partial class ViewJsonContext : JsonSerializerContext;
