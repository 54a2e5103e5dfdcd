using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Core.Tests.Views;

public sealed class ViewFoldTests
{
    private static readonly InventoryDevice Pump = new("02:00:00:00:00:01", "pump-01", "infusion-pump", "icu-1");
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<(string View, string Key), string> rows = [];
    private readonly Dictionary<string, int> versions = [];

    [Fact]
    public void An_incident_grows_with_its_anomalies_and_closes()
    {
        Happen(0, Opened("i1", Severity.Medium), Observed("i1", score: 5, segments: 3), Observed("i1", score: 9, segments: 2, "SYN flood"),
            Observed("i1", score: 7, segments: 1), new IncidentEscalated("i1", "pump-01", Severity.Medium, Severity.High, "it goes on"),
            new NotificationDelivered("n", "i1", "pager", 1));
        Assert.Equal(new Incident("i1", Pump, IncidentKind.Behaviour, Severity.High, "strange", Noon, Noon.AddSeconds(3), 6,
            new SuspectedClass("SYN flood", null, null), 9, null, null, 1) { Version = 6 }, Row(new IncidentsView(), "i1"));

        Happen(60, new IncidentClosed("i1", Pump.Id, Disposition.TrueAttack, "anna", "found it"));
        var closed = Row(new IncidentsView(), "i1")!;
        Assert.Equal((Disposition.TrueAttack, Noon.AddSeconds(60)), (closed.Disposition, closed.ClosedAt));
    }

    [Fact]
    public void An_incident_that_was_never_opened_has_no_row()
    {
        Happen(0, Observed("i1", 5, 3), new IncidentClosed("i1", Pump.Id, Disposition.FalseAlarm, "anna", ""));
        Assert.DoesNotContain(rows.Keys, row => row.View == "incidents");
    }

    [Fact]
    public void A_device_is_as_bad_as_the_worst_of_its_open_incidents()
    {
        Happen(0, new DeviceDiscovered(Pump), Opened("i1", Severity.High), Opened("i2", Severity.Low));
        Assert.Equal((2, Severity.High), Health(h => (h.Incidents, h.Worst)));
        Happen(1, new IncidentClosed("i1", Pump.Id, Disposition.FalseAlarm, "anna", ""));
        Assert.Equal(["i2"], Health(h => h.OpenIncidents.Keys));
        Assert.Equal(Severity.Low, Health(h => h.Worst));
        Happen(1, new IncidentEscalated("i2", Pump.Id, Severity.Low, Severity.Medium, "it goes on"));
        Assert.Equal(Severity.Medium, Health(h => h.Worst));
        Happen(2, new IncidentClosed("i2", Pump.Id, Disposition.FalseAlarm, "anna", ""));
        Assert.Equal((2, (Severity?)null), Health(h => (h.Incidents, h.Worst)));
        Assert.Empty(Health(h => h.OpenIncidents));
    }

    [Fact]
    public void A_device_is_silent_until_it_resumes()
    {
        Happen(0, new DeviceDiscovered(Pump), new BaselineLearned(Pump, 30, 1, 3.5, 2, 8, [1]));
        Assert.Equal((false, 3.5), Health(h => (h.IsSilent, h.SilenceLimitSeconds)));
        Happen(9, new DeviceWentSilent(Pump, Noon, 3.5));
        Assert.True(Health(h => h.IsSilent));
        Happen(20, new DeviceResumed(Pump, 20));
        Assert.False(Health(h => h.IsSilent));
        Assert.Equal(Noon, Health(h => h.DiscoveredAt));
    }

    [Fact]
    public void The_timeline_counts_by_minute()
    {
        Happen(0, Opened("i1", Severity.High), Observed("i1", 5, segments: 3));
        Happen(50, Observed("i1", 5, segments: 4, "SYN flood"));
        Happen(61, Observed("i1", 5, segments: 2, "SYN flood"), new DeviceWentSilent(Pump, Noon, 3.5));

        var first = Row(new DetectionTimelineView(), "2026-01-31T12:00")!;
        Assert.Equal((Noon, 1, 7, 0), (first.Minute, first.IncidentsOpened, first.StrangeSegments, first.DevicesSilent));
        Assert.Equal([("SYN flood", 4), ("unnamed", 3)], first.Suspected.OrderBy(s => s.Key).Select(s => (s.Key, s.Value)));
        var second = Row(new DetectionTimelineView(), "2026-01-31T12:01")!;
        Assert.Equal((Noon.AddMinutes(1), 0, 2, 1), (second.Minute, second.IncidentsOpened, second.StrangeSegments, second.DevicesSilent));
    }

    [Fact]
    public void A_models_row_says_which_version_is_in_use_and_no_other_view_hears_of_it()
    {
        Happen(0, new ModelTrained("m", "m@1", "window-v1", 10, 0.1));
        Assert.Null(Row(new ModelsView(), "m")!.Current);
        Happen(1, new ModelPromoted("m", "m@1", null, "first"), new ModelPromoted("m", "m@2", "m@1", "better"));
        Assert.Equal(("m@2", "m@1"), (Row(new ModelsView(), "m")!.Current, Row(new ModelsView(), "m")!.Before));
        Happen(3, new ModelRolledBack("m", "m@1", "m@2", "too loud"));
        Assert.Equal("m@1", Row(new ModelsView(), "m")!.Current);
        Assert.Equal([("models", "m")], rows.Keys);
    }

    [Fact]
    public void An_event_of_a_later_version_is_passed_over()
    {
        Happen(0, new DeviceDiscovered(Pump), Opened("i1", Severity.High));
        var before = Row(new IncidentsView(), "i1")!;
        Apply(Stored("incident-i1", "IncidentBlessed", "{}", 1) with { Version = 2 });
        // Its version counts: an act is decided on the whole stream.
        Assert.Equal(before with { Version = 2 }, Row(new IncidentsView(), "i1"));
    }

    private static IncidentOpened Opened(string id, Severity severity) => new(id, Pump, IncidentKind.Behaviour, severity, "strange", null);

    private static AnomalyObserved Observed(string id, double score, int segments, string? suspected = null) =>
        new(id, score, 2, 1e-4, "m@1", "window-v1", suspected is null ? null : new SuspectedClass(suspected, null, null), [], "strange",
            new TrafficPosition("t", 0, 1), segments);

    /// <summary>Events a second apart, each through all views, its row kept as the hosts keep it.</summary>
    private void Happen(int second, params DomainEvent[] events)
    {
        foreach (var @event in events) Apply(Stored(StreamOf(@event), EventTypes.NameOf(@event), EventTypes.Serialize(@event), second++));
    }

    private static string StreamOf(DomainEvent @event) => @event switch
    {
        IncidentOpened e => Incident.StreamOf(e.IncidentId),
        AnomalyObserved e => Incident.StreamOf(e.IncidentId),
        IncidentEscalated e => Incident.StreamOf(e.IncidentId),
        IncidentClosed e => Incident.StreamOf(e.IncidentId),
        NotificationDelivered e => Incident.StreamOf(e.IncidentId!),
        ModelTrained e => Model.StreamOf(e.Model),
        ModelPromoted e => Model.StreamOf(e.Model),
        ModelRolledBack e => Model.StreamOf(e.Model),
        _ => Device.StreamOf(Pump),
    };

    private StoredEvent Stored(string stream, string type, string data, int second)
    {
        var version = versions[stream] = versions.GetValueOrDefault(stream) + 1;
        return new StoredEvent(rows.Count, stream, version, $"{stream} {version}", type, Noon.AddSeconds(second), Noon, data, "", "");
    }

    private void Apply(StoredEvent @event)
    {
        foreach (IView view in (IView[])[new IncidentsView(), new DeviceHealthView(), new DetectionTimelineView(), new ModelsView()])
        {
            if (view.KeyOf(@event) is not { } key) continue;
            if (view.Apply(rows.GetValueOrDefault((view.Name, key)), @event) is { } row) rows[(view.Name, key)] = row;
            else rows.Remove((view.Name, key));
        }
    }

    private T Health<T>(Func<DeviceHealth, T> part) => part(Row(new DeviceHealthView(), Pump.Id)!);

    private TRow? Row<TRow>(View<TRow> view, string key)
        where TRow : class => rows.TryGetValue((view.Name, key), out var json) ? ViewJson.Read<TRow>(json) : null;
}
