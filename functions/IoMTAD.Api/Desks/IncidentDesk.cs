using System.Security.Cryptography;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Api.Desks;

/// <summary>Where people act on incidents: by the page, the API or the command line.</summary>
/// <remarks>Each act takes the version that the caller saw, or null to act on whatever is there; the account stands in the event.</remarks>
public sealed class IncidentDesk(IEventStore store, IReadModels reads, ActClock clock)
{
    /// <summary>An act that takes any version is decided anew when traffic came between.</summary>
    private const int Attempts = 5;

    public Task<ActOutcome<Incident>> AcknowledgeAsync(string id, string by, int? version, CancellationToken cancellation) =>
        ActAsync(id, version, incident => IncidentActs.Acknowledge(incident, by), null, cancellation);

    /// <exception cref="FormatException">The text is empty or too long.</exception>
    public Task<ActOutcome<Incident>> AddNoteAsync(string id, string text, string by, int? version, CancellationToken cancellation)
    {
        var note = Personal(text) ?? throw new FormatException("a note needs a text");
        return ActAsync(id, version, incident => IncidentActs.AddNote(incident, by, note), note, cancellation);
    }

    /// <exception cref="FormatException">The note is too long.</exception>
    public Task<ActOutcome<Incident>> CloseAsync(
        string id, Disposition disposition, string? note, string by, int? version, CancellationToken cancellation)
    {
        var text = Personal(note);
        return ActAsync(id, version, incident => IncidentActs.Close(incident, disposition, by, text), text, cancellation);
    }

    /// <returns>The new incident.</returns>
    /// <exception cref="FormatException">The note is too long.</exception>
    public async Task<ActOutcome<Incident>> ReopenAsync(string id, string? note, string by, int? version, CancellationToken cancellation)
    {
        var text = Personal(note);
        var old = await ActAsync(id, version, incident => IncidentActs.Reopen(incident, by, text), text, cancellation,
            incident => IncidentActs.OpenedAnew(incident, by));
        return old.Value?.ReopenedAs is { } next ? (await reads.IncidentAsync(next, cancellation))! : old;
    }

    /// <param name="opensAnew">First event of another incident that begins in the same transaction.</param>
    private async Task<ActOutcome<Incident>> ActAsync(
        string id, int? version, Func<Incident, Act> decide, PersonalText? text, CancellationToken cancellation,
        Func<Incident, IncidentOpened>? opensAnew = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await reads.IncidentAsync(id, cancellation) is not { } incident) return ActOutcome<Incident>.NotFound($"incident {id}");
            if (version is { } seen && seen != incident.Version) return ActOutcome<Incident>.Stale(incident.Version);
            var act = decide(incident);
            if (act.Refusal is { } refusal) return ActOutcome<Incident>.Refused(refusal);
            var now = await clock.NowAsync(cancellation);
            List<StreamAppend> appends = [Append(Incident.StreamOf(id), incident.Version, act.Events, now)];
            if (opensAnew?.Invoke(incident) is { } opened) appends.Add(Append(Incident.StreamOf(opened.IncidentId), 0, [opened], now));
            try
            {
                await store.CommitAsync(new Commit(appends) { Texts = text is null ? [] : [text] }, cancellation);
                return (await reads.IncidentAsync(id, cancellation))!;
            }
            catch (WrongExpectedVersionException e) when (version is not null || attempt == Attempts)
            {
                return ActOutcome<Incident>.Stale(e.Actual);
            }
            catch (WrongExpectedVersionException)
            {
                // Traffic or a notification was recorded meanwhile: decide on what is there now.
            }
        }
    }

    private static StreamAppend Append(string stream, int version, IReadOnlyList<DomainEvent> events, DateTimeOffset now) => new(stream, version,
        [.. events.Select((e, i) => new NewEvent(EventId.From($"{stream} {version + i} {EventTypes.NameOf(e)}"), e, now))]);

    private static PersonalText? Personal(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length > PersonalText.LongestText) throw new FormatException($"a note has at most {PersonalText.LongestText} characters");
        return PersonalText.Of(text.Trim(), RandomNumberGenerator.GetBytes(PersonalText.SaltBytes));
    }
}
