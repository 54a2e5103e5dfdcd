using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <summary>Every incident, open or closed, one row each; key: the incident's id.</summary>
public sealed class IncidentsView() : View<Incident>("incidents")
{
    private static readonly string Prefix = Incident.StreamOf("");

    public override string? KeyOf(StoredEvent @event) =>
        @event.Stream.StartsWith(Prefix, StringComparison.Ordinal) ? @event.Stream[Prefix.Length..] : null;

    protected internal override Incident? Fold(Incident? row, StoredEvent @event)
    {
        var next = @event.Event is { } known ? Incident.Apply(row, known, @event.OccurredAt) : row;
        return next is null ? null : next with { Version = @event.Version };
    }
}
