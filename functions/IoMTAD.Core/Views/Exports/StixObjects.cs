using System.Globalization;
using System.Text.Json.Nodes;
using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Views.Exports;

/// <summary>An incident in the objects of STIX 2.1: what was observed, of which pattern it is a sighting, and what people made of it.</summary>
public static class StixObjects
{
    private const string Version = "2.1";

    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string Program = StixIds.Of("identity", "IoMTAD");

    /// <summary>Who says it all.</summary>
    public static JsonObject Identity { get; } = Domain("identity", "IoMTAD", Since, Since, ("name", "IoMTAD"), ("identity_class", "system"));

    /// <param name="observed">The incident's anomalies.</param>
    /// <param name="closed">Who closed it, and when; null while it is open.</param>
    /// <returns>Objects by their ids' order of mention; some come again with other incidents.</returns>
    public static IEnumerable<JsonObject> Of(Incident incident, IReadOnlyCollection<AnomalyObserved> observed)
    {
        var device = Address(incident.Device.Address);
        yield return device;
        List<JsonObject> seen = [device];
        foreach (var peer in observed.SelectMany(o => o.Peers).Distinct().Where(p => DeviceAddress.TryParse(p, out _)))
            foreach (var item in Traffic(device, peer, incident))
            {
                seen.Add(item);
                yield return item;
            }
        var (first, last) = (incident.OpenedAt, incident.LastSeenAt > incident.OpenedAt ? incident.LastSeenAt : incident.OpenedAt);
        var data = Domain("observed-data", incident.Id, first, last, ("first_observed", Time(first)), ("last_observed", Time(last)),
            ("number_observed", Math.Clamp(incident.Segments, 1, 999_999_999)), ("object_refs", Refs(seen)),
            ("labels", new JsonArray(
                $"device:{incident.Device.Id}", $"ward:{incident.Device.Ward}", $"kind:{incident.Kind}", $"severity:{incident.Severity}")));
        yield return data;
        var about = data;
        if (incident.Suspected is { } suspected)
        {
            var pattern = Pattern(suspected);
            yield return pattern;
            about = Domain("sighting", incident.Id, first, last, ("first_seen", Time(first)), ("last_seen", Time(last)),
                ("count", Math.Clamp(incident.Segments, 1, 999_999_999)), ("sighting_of_ref", pattern["id"]!.GetValue<string>()),
                ("observed_data_refs", Refs([data])), ("where_sighted_refs", new JsonArray(Program)));
            yield return about;
        }
        if (incident is not { Disposition: { } disposition, ClosedAt: { } closedAt }) yield break;
        yield return Domain("opinion", incident.Id, closedAt, closedAt,
            ("opinion", OpinionOf(disposition)), ("authors", Authors(incident)), ("object_refs", Refs([about])));
        yield return Domain("note", incident.Id, closedAt, closedAt, ("abstract", $"Closed as {disposition}"),
            ("content", $"Incident {incident.Id} was closed as {disposition}."), ("authors", Authors(incident)), ("object_refs", Refs([about])));
    }

    /// <summary>Whether it was the attack that it was taken for.</summary>
    private static string OpinionOf(Disposition disposition) => disposition switch
    {
        Disposition.TrueAttack => "strongly-agree",
        Disposition.FalseAlarm => "strongly-disagree",
        _ => "disagree",
    };

    private static JsonArray Authors(Incident incident) => new(incident.ClosedBy ?? "unknown");

    private static IEnumerable<JsonObject> Traffic(JsonObject device, string peer, Incident incident)
    {
        var other = Address(peer);
        yield return other;
        var (source, target) = (device["id"]!.GetValue<string>(), other["id"]!.GetValue<string>());
        var protocol = other["type"]!.GetValue<string>() switch { "ipv4-addr" => "ipv4", "ipv6-addr" => "ipv6", _ => "ethernet" };
        if (device["type"]!.GetValue<string>() == "file") yield break;
        var start = Time(incident.OpenedAt);
        var id = StixIds.OfObservable("network-traffic", ("dst_ref", target), ("protocols", new[] { protocol }), ("src_ref", source), ("start", start));
        yield return Observable("network-traffic", id, ("start", start), ("src_ref", source), ("dst_ref", target), ("protocols", new JsonArray(protocol)));
    }

    /// <summary>Rows of a dataset have no address: their device is the file that they came from.</summary>
    private static JsonObject Address(string text)
    {
        if (!DeviceAddress.TryParse(text, out var address))
            return Observable("file", StixIds.OfObservable("file", ("name", text)), ("name", text));
        var value = address.ToString();
        var type = address.IsMac ? "mac-addr" : value.Contains(':', StringComparison.Ordinal) ? "ipv6-addr" : "ipv4-addr";
        return Observable(type, StixIds.OfObservable(type, ("value", value)), ("value", value));
    }

    private static JsonObject Pattern(SuspectedClass suspected)
    {
        var pattern = Domain("attack-pattern", suspected.Name, Since, Since, ("name", suspected.Name));
        if (suspected.Technique is { } technique)
            pattern["external_references"] = new JsonArray(new JsonObject
            {
                // Techniques of ATT&CK for ICS have numbers from 0800 on.
                ["source_name"] = technique.StartsWith("T08", StringComparison.Ordinal) ? "mitre-ics-attack" : "mitre-attack",
                ["external_id"] = technique,
                ["url"] = $"https://attack.mitre.org/techniques/{technique}",
            });
        return pattern;
    }

    private static JsonObject Domain(string type, string identity, DateTimeOffset created, DateTimeOffset modified, params (string Name, JsonNode Value)[] more)
    {
        var item = new JsonObject
        {
            ["type"] = type, ["spec_version"] = Version, ["id"] = StixIds.Of(type, identity), ["created"] = Time(created), ["modified"] = Time(modified),
        };
        if (type != "identity") item["created_by_ref"] = Program;
        foreach (var (name, value) in more) item[name] = value;
        return item;
    }

    private static JsonObject Observable(string type, string id, params (string Name, JsonNode Value)[] more)
    {
        var item = new JsonObject { ["type"] = type, ["spec_version"] = Version, ["id"] = id };
        foreach (var (name, value) in more) item[name] = value;
        return item;
    }

    private static JsonArray Refs(IEnumerable<JsonObject> items) => [.. items.Select(i => i["id"]!.GetValue<string>()).Distinct()];

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
