using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>What STIX 2.1 asks of the objects that we write (OASIS Standard, 10 June 2021; sections in brackets).</summary>
internal static partial class StixRules
{
    // Required properties beside type and id [4, 5, 6].
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["identity"] = ["name"], ["attack-pattern"] = ["name"], ["observed-data"] = ["first_observed", "last_observed", "number_observed", "object_refs"],
        ["sighting"] = ["sighting_of_ref"], ["note"] = ["content", "object_refs"], ["opinion"] = ["opinion", "object_refs"], ["mac-addr"] = ["value"],
        ["ipv4-addr"] = ["value"], ["ipv6-addr"] = ["value"], ["network-traffic"] = ["protocols"], ["file"] = [],
    };

    private static readonly string[] Observables = ["mac-addr", "ipv4-addr", "ipv6-addr", "network-traffic", "file"];
    private static readonly string[] Opinions = ["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"];

    public static void Check(JsonElement bundle)
    {
        Assert.Equal("bundle", Text(bundle, "type"));
        Assert.Matches(IdOf("bundle"), Text(bundle, "id"));
        Assert.False(bundle.TryGetProperty("spec_version", out _));
        var objects = bundle.GetProperty("objects").EnumerateArray().ToList();
        var ids = objects.Select(o => Text(o, "id")).ToList();
        Assert.Distinct(ids);
        var types = objects.ToDictionary(o => Text(o, "id"), o => Text(o, "type"));
        foreach (var item in objects) Check(item, types);
    }

    private static void Check(JsonElement item, Dictionary<string, string> types)
    {
        var type = Text(item, "type");
        Assert.True(Required.ContainsKey(type), type);
        Assert.Matches(IdOf(type), Text(item, "id"));                                   // [2.9]
        Assert.Equal("2.1", Text(item, "spec_version"));
        Assert.All(Required[type], name => Assert.True(item.TryGetProperty(name, out _), $"{type} lacks {name}"));
        foreach (var property in item.EnumerateObject())
        {
            Assert.Matches("^[a-z0-9_]{3,250}$|^id$", property.Name);                    // [3.1]
            Assert.NotEqual(JsonValueKind.Null, property.Value.ValueKind);
            if (property.Value.ValueKind == JsonValueKind.Array) Assert.NotEqual(0, property.Value.GetArrayLength());
            if (property.Name.EndsWith("_ref", StringComparison.Ordinal)) Assert.Contains(property.Value.GetString()!, types.Keys);
            if (property.Name.EndsWith("_refs", StringComparison.Ordinal))
                Assert.All(property.Value.EnumerateArray(), r => Assert.Contains(r.GetString()!, types.Keys));
        }
        if (Observables.Contains(type)) Assert.False(item.TryGetProperty("created", out _));
        else Assert.True(Time(item, "modified") >= Time(item, "created"));               // [3.2]
        CheckKind(type, item, types);
    }

    private static void CheckKind(string type, JsonElement item, Dictionary<string, string> types)
    {
        switch (type)
        {
            case "observed-data":                                                        // [4.14]
                Assert.True(Time(item, "last_observed") >= Time(item, "first_observed"));
                Assert.InRange(item.GetProperty("number_observed").GetInt64(), 1, 999_999_999);
                Assert.All(item.GetProperty("object_refs").EnumerateArray(), r => Assert.Contains(types[r.GetString()!], Observables));
                break;
            case "sighting":                                                             // [5.2]
                Assert.True(Time(item, "last_seen") >= Time(item, "first_seen"));
                Assert.InRange(item.GetProperty("count").GetInt64(), 0, 999_999_999);
                Assert.Equal("attack-pattern", types[Text(item, "sighting_of_ref")]);
                Assert.All(item.GetProperty("observed_data_refs").EnumerateArray(), r => Assert.Equal("observed-data", types[r.GetString()!]));
                Assert.All(item.GetProperty("where_sighted_refs").EnumerateArray(),
                    r => Assert.Contains(types[r.GetString()!], (string[])["identity", "location"]));
                break;
            case "opinion":
                Assert.Contains(Text(item, "opinion"), Opinions);                        // [10.15]
                break;
            case "network-traffic":                                                      // [6.12]
                Assert.True(item.TryGetProperty("src_ref", out _) || item.TryGetProperty("dst_ref", out _));
                Assert.All(item.GetProperty("protocols").EnumerateArray(), p => Assert.Matches("^[a-z0-9-]+$", p.GetString()));
                break;
            case "mac-addr":                                                             // [6.10]
                Assert.Matches("^([0-9a-f]{2}:){5}[0-9a-f]{2}$", Text(item, "value"));
                break;
            case "attack-pattern" when item.TryGetProperty("external_references", out var references):
                Assert.All(references.EnumerateArray(), r =>
                {
                    Assert.Matches("^mitre-(ics-)?attack$", Text(r, "source_name"));
                    Assert.Matches("^T[0-9]{4}$", Text(r, "external_id"));
                });
                break;
        }
    }

    private static DateTimeOffset Time(JsonElement item, string name)
    {
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$", Text(item, name)); // [3.2, RFC 3339 in UTC]
        return DateTimeOffset.Parse(Text(item, name), CultureInfo.InvariantCulture);
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static Regex IdOf(string type) => new($"^{type}--[0-9a-f]{{8}}-[0-9a-f]{{4}}-[1-5][0-9a-f]{{3}}-[89ab][0-9a-f]{{3}}-[0-9a-f]{{12}}$");
}
