namespace IoMTAD.Policy.Incidents;

/// <summary>What an act comes to: events of the incident's stream, or the reason why it makes no sense.</summary>
/// <param name="Refusal">Null where it was accepted.</param>
public sealed record Act(IReadOnlyList<DomainEvent> Events, string? Refusal)
{
    public static Act Of(params IReadOnlyList<DomainEvent> events) => new(events, null);

    public static Act Refuse(string why) => new([], why);
}

/// <summary>What people do with an incident. Deciding is pure: the state and the act give the events.</summary>
/// <remarks>Notes are personal text: the caller stores it in the transaction of the events, which hold its digest alone.</remarks>
public static class IncidentActs
{
    /// <param name="by">The account.</param>
    public static Act Acknowledge(Incident incident, string by) => incident switch
    {
        { IsOpen: false } => Act.Refuse($"incident {incident.Id} is closed: reopen it first"),
        { AcknowledgedBy: { } already } => Act.Refuse($"{already} has acknowledged incident {incident.Id} already"),
        _ => Act.Of(new IncidentAcknowledged(incident.Id, incident.Device.Id, by)),
    };

    /// <summary>Closed incidents take notes too: the review comes afterwards.</summary>
    public static Act AddNote(Incident incident, string by, PersonalText note) => Act.Of(Note(incident, by, note));

    public static Act Close(Incident incident, Disposition disposition, string by, PersonalText? note) => incident.IsOpen
        ? Act.Of([.. Notes(incident, by, note), new IncidentClosed(incident.Id, incident.Device.Id, disposition, by, Reason: "")])
        : Act.Refuse($"incident {incident.Id} was closed by {incident.ClosedBy} as {incident.Disposition}: reopen it to judge it anew");

    /// <summary>The closed incident stays as it was judged; a new one goes on in its place.</summary>
    /// <returns>Events of the old stream.</returns>
    public static Act Reopen(Incident incident, string by, PersonalText? note) => incident switch
    {
        { IsOpen: true } => Act.Refuse($"incident {incident.Id} is open"),
        { ReopenedAs: { } next } => Act.Refuse($"incident {incident.Id} was reopened as {next} already"),
        _ => Act.Of([.. Notes(incident, by, note), new IncidentReopened(incident.Id, incident.Device.Id, IdOfReopened(incident), by)]),
    };

    /// <summary>The first event of the incident that goes on in a reopened one's place.</summary>
    public static IncidentOpened OpenedAnew(Incident incident, string by) =>
        new(IdOfReopened(incident), incident.Device, incident.Kind, incident.Severity, incident.Summary, incident.Id) { By = by };

    private static string IdOfReopened(Incident incident) => EventId.From($"reopened {incident.Id}")[..12];

    private static NoteAdded Note(Incident incident, string by, PersonalText note) => new(incident.Id, incident.Device.Id, by, note.Digest);

    private static IEnumerable<DomainEvent> Notes(Incident incident, string by, PersonalText? note) =>
        note is null ? [] : [Note(incident, by, note)];
}
