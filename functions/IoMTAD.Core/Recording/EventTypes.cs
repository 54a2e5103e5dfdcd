using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Policy.Notifications;
using IoMTAD.Policy.Records;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Recording;

/// <summary>The stored form of every event: its type's name, and JSON with the properties in the order of their declaration.</summary>
public static class EventTypes
{
    private static readonly Dictionary<string, JsonTypeInfo> ByName = new JsonTypeInfo[]
    {
        EventJson.Default.IncidentOpened, EventJson.Default.AnomalyObserved, EventJson.Default.IncidentEscalated,
        EventJson.Default.NotificationRequested, EventJson.Default.NotificationDelivered, EventJson.Default.NotificationFailed,
        EventJson.Default.NotificationResent,
        EventJson.Default.IncidentAcknowledged, EventJson.Default.NoteAdded, EventJson.Default.IncidentClosed, EventJson.Default.IncidentReopened,
        EventJson.Default.DeviceMuted, EventJson.Default.MaintenanceScheduled, EventJson.Default.AllowRuleAdded, EventJson.Default.BehaviourLearned,
        EventJson.Default.SuppressionRevoked, EventJson.Default.AnomalyAllowed,
        EventJson.Default.DeviceDiscovered, EventJson.Default.BaselineLearned, EventJson.Default.DeviceWentSilent,
        EventJson.Default.DeviceResumed,
        EventJson.Default.TrainingStarted, EventJson.Default.ModelTrained, EventJson.Default.ThresholdTuned, EventJson.Default.ModelPromoted,
        EventJson.Default.ModelRejected, EventJson.Default.ModelRolledBack,
        EventJson.Default.RecordAccessed, EventJson.Default.TextErased, EventJson.Default.EvidenceExpired, EventJson.Default.LegalHoldPlaced,
        EventJson.Default.LegalHoldLifted,
    }.ToDictionary(info => info.Type.Name);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static string NameOf(DomainEvent @event) => @event.GetType().Name;

    public static string Serialize(DomainEvent @event) => JsonSerializer.Serialize(@event, ByName[NameOf(@event)]);

    /// <returns>Null for a type that this version does not know, and for data that somebody damaged: it stays in the store, and readers pass over it.</returns>
    public static DomainEvent? Deserialize(string type, string data)
    {
        try
        {
            return ByName.TryGetValue(type, out var info) ? (DomainEvent?)JsonSerializer.Deserialize(data, info) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(IncidentOpened))]
[JsonSerializable(typeof(AnomalyObserved))]
[JsonSerializable(typeof(IncidentEscalated))]
[JsonSerializable(typeof(NotificationRequested))]
[JsonSerializable(typeof(NotificationDelivered))]
[JsonSerializable(typeof(NotificationFailed))]
[JsonSerializable(typeof(NotificationResent))]
[JsonSerializable(typeof(IncidentAcknowledged))]
[JsonSerializable(typeof(NoteAdded))]
[JsonSerializable(typeof(IncidentClosed))]
[JsonSerializable(typeof(IncidentReopened))]
[JsonSerializable(typeof(DeviceMuted))]
[JsonSerializable(typeof(MaintenanceScheduled))]
[JsonSerializable(typeof(AllowRuleAdded))]
[JsonSerializable(typeof(BehaviourLearned))]
[JsonSerializable(typeof(SuppressionRevoked))]
[JsonSerializable(typeof(AnomalyAllowed))]
[JsonSerializable(typeof(DeviceDiscovered))]
[JsonSerializable(typeof(BaselineLearned))]
[JsonSerializable(typeof(DeviceWentSilent))]
[JsonSerializable(typeof(DeviceResumed))]
[JsonSerializable(typeof(TrainingStarted))]
[JsonSerializable(typeof(ModelTrained))]
[JsonSerializable(typeof(ThresholdTuned))]
[JsonSerializable(typeof(ModelPromoted))]
[JsonSerializable(typeof(ModelRejected))]
[JsonSerializable(typeof(ModelRolledBack))]
[JsonSerializable(typeof(RecordAccessed))]
[JsonSerializable(typeof(TextErased))]
[JsonSerializable(typeof(EvidenceExpired))]
[JsonSerializable(typeof(LegalHoldPlaced))]
[JsonSerializable(typeof(LegalHoldLifted))]
[JsonSerializable(typeof(DeviceWatch))]
[JsonSerializable(typeof(NotificationThread))]
public sealed partial class EventJson : JsonSerializerContext;
