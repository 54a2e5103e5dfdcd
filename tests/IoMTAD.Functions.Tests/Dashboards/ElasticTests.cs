using System.Text.Json;
using System.Text.RegularExpressions;
using IoMTAD.Capture;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Tests;
using IoMTAD.Views;
using IoMTAD.Views.Exports;

namespace IoMTAD.Functions.Tests.Dashboards;

/// <summary>What is told to Elastic about events, held against the lines that are exported.</summary>
public sealed partial class ElasticTests
{
    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "infra/elastic");

    private static readonly DomainEvent[] Events =
    [
        new IncidentOpened("i", Story.Pump, IncidentKind.Behaviour, Severity.High, "strange", null),
        new AnomalyObserved("i", 9, 2, 1e-4, "m@1", "window-v1", new("SYN flood", 0.9, "T0814"), [new("rate", "", "", 1, 1, 1)], "strange", new("t", 0, 1), 3),
        new DeviceWentSilent(Story.Pump, Story.Noon, 60), new DeviceResumed(Story.Pump, 90), new NotificationFailed("n", "i", "mail", 1, "no line", true),
        new ModelPromoted("ward", "ward@1", null, "better"), new ModelRolledBack("ward", "ward@0", "ward@1", "worse"),
        new ModelRejected("ward", "ward@2", null, "worse", new(0, 0, 0), null, ""),
    ];

    [Fact]
    public void The_index_template_has_the_fields_of_the_exported_lines_and_no_others()
    {
        using var template = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "index-template.json")));
        var mappings = template.RootElement.GetProperty("template").GetProperty("mappings");
        // Strict: a field that the template lacks would be refused, with its line.
        Assert.Equal("strict", mappings.GetProperty("dynamic").GetString());
        var fields = mappings.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).ToList();
        var row = new EventRow(Stored(Events[0]), "i", "pump-01", "icu-1", IncidentKind.Behaviour, "SYN flood", Severity.High, 9, null);
        Assert.Equal(fields, Fields(EventJsonLine.Write(row)).Order(StringComparer.Ordinal));
        Assert.Empty(Fields(EventJsonLine.Write(row.Event)).Except(fields));
    }

    [Fact]
    public void The_saved_searches_name_events_and_columns_that_there_are()
    {
        var lines = Events.Select(e => JsonDocument.Parse(EventJsonLine.Write(Stored(e))).RootElement).ToList();
        var saved = File.ReadLines(Path.Combine(Folder, "saved-objects.ndjson")).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var view = saved.Single(s => s.GetProperty("type").GetString() == "index-pattern");
        Assert.Equal("occurredAt", view.GetProperty("attributes").GetProperty("timeFieldName").GetString());
        foreach (var search in saved.Where(s => s.GetProperty("type").GetString() == "search"))
        {
            Assert.Equal(view.GetProperty("id").GetString(), search.GetProperty("references")[0].GetProperty("id").GetString());
            var attributes = search.GetProperty("attributes");
            var source = attributes.GetProperty("kibanaSavedObjectMeta").GetProperty("searchSourceJSON").GetString()!;
            var names = EventName().Matches(source).Select(m => m.Value).ToList();
            Assert.NotEmpty(names);
            foreach (var name in names)
            {
                var line = lines.Single(l => l.GetProperty("type").GetString() == name);
                foreach (var column in attributes.GetProperty("columns").EnumerateArray())
                    Assert.True(Has(line, column.GetString()!), $"{name} has no {column}");
            }
        }
    }

    private static IEnumerable<string> Fields(string line) => JsonDocument.Parse(line).RootElement.EnumerateObject().Select(p => p.Name);

    private static bool Has(JsonElement line, string path)
    {
        foreach (var name in path.Split('.'))
            if (!line.TryGetProperty(name, out line)) return false;
        return true;
    }

    private static StoredEvent Stored(DomainEvent e) =>
        new(1, "incident-i", 1, "id", EventTypes.NameOf(e), Story.Noon, Story.Noon, EventTypes.Serialize(e), "", "");

    [GeneratedRegex("(Incident|Anomaly|Device|Notification|Model)[A-Z][A-Za-z]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventName();
}
