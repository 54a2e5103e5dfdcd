using System.Text.Json;
using IoMTAD.Api.Security;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IoMTAD.Api.Routes;

/// <summary>Which events, as the query string says it.</summary>
internal sealed record EventFilter(
    string? DeviceId, string? Ward, IncidentKind? Kind, string? Class, Severity? Severity, Disposition? Disposition, string? IncidentId, string? Type,
    string? Feature, double? MinScore, double? MaxScore, DateTimeOffset? From, DateTimeOffset? To, EventSort? Sort, bool? Descending, string? After,
    int? Limit)
{
    public EventQuery ToQuery() => new()
    {
        DeviceId = DeviceId, Ward = Ward, Kind = Answers.Known(Kind), Class = Class, Severity = Answers.Known(Severity),
        Disposition = Answers.Known(Disposition), IncidentId = IncidentId, Type = Type,
        Feature = Feature, MinScore = MinScore, MaxScore = MaxScore, From = From, To = To,
        Sort = Answers.Known(Sort) ?? EventSort.Time, Descending = Descending ?? true,
        After = After, Limit = Answers.Limit(Limit, 100),
    };
}

/// <param name="Data">The event as it was hashed.</param>
public sealed record EventAnswer(
    long Position, string Stream, int Version, string Id, string Type, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, JsonElement Data, string Hash,
    string? IncidentId, string? DeviceId, string? Ward, IncidentKind? Kind, string? Class, Severity? Severity, double? Score, Disposition? Disposition)
{
    internal static EventAnswer Of(EventRow row)
    {
        var e = row.Event;
        using var data = JsonDocument.Parse(e.Data);
        return new(e.Position, e.Stream, e.Version, e.Id, e.Type, e.OccurredAt, e.RecordedAt, data.RootElement.Clone(), e.Hash,
            row.IncidentId, row.DeviceId, row.Ward, row.Kind, row.Class, row.Severity, row.Score, row.Disposition);
    }
}

/// <param name="Text">What happened, in a few words.</param>
public sealed record ModelChange(string Type, string? Version, DateTimeOffset At, string Text);

/// <summary>A model's versions and what became of them.</summary>
/// <param name="Scores">Of the watch that goes on, where it uses this model.</param>
public sealed record ModelAnswer(
    string Name, string? Current, string? Before, IReadOnlyList<string> InUse, int Changes, double? Threshold, double? FalseAlarmRate,
    IReadOnlyList<ModelChange> History, Live.ScoreDistribution? Scores);

/// <summary>The record of every decision.</summary>
internal static class RecordRoutes
{
    private const string Pcap = "application/vnd.tcpdump.pcap";

    /// <summary>Of a query, in the record of who asked.</summary>
    private const int LongestDetail = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/events", async ([AsParameters] EventFilter filter, IReadModels reads, AccessLog log, HttpContext context, CancellationToken gone) =>
        {
            var page = await reads.EventsAsync(filter.ToQuery(), gone);
            var asked = context.Request.QueryString.Value ?? "";
            await log.RecordAsync("query", context.User.Name(), asked[..Math.Min(asked.Length, LongestDetail)], page.Items.Count, gone);
            return new Page<EventAnswer>([.. page.Items.Select(EventAnswer.Of)], page.Next);
        }).RequireAuthorization(nameof(Role.Analyst)).WithSummary("Events of the record; asking is recorded");
        api.MapGet("/incidents/{id}/evidence", EvidenceAsync).RequireAuthorization(nameof(Role.Analyst))
            .Produces(StatusCodes.Status200OK, contentType: Pcap).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The frames that were kept of an incident, as a capture; taking it out is recorded");
        api.MapGet("/models", ModelsAsync).WithSummary("Models: which version is in use, and why");
    }

    private static async Task<IResult> EvidenceAsync(
        string id, IReadModels reads, IEventStore store, AccessLog log, HttpContext context, CancellationToken gone)
    {
        if (await reads.IncidentAsync(id, gone) is not { } incident) return Answers.NotFound($"incident {id}");
        // At most a segment a second of an incident: it fits in memory, and an answer cut short would look whole.
        var capture = new MemoryStream();
        var result = await new EvidencePcap(store).WriteAsync(incident.Id, capture, gone);
        if (result.Frames == 0) return Answers.NotFound($"frame kept of incident {id}");
        await log.RecordAsync("evidence", context.User.Name(), $"incident {incident.Id}", result.Frames, gone);
        capture.Position = 0;
        return Results.Stream(capture, Pcap, $"incident-{incident.Id}.pcap");
    }

    private static async Task<IReadOnlyList<ModelAnswer>> ModelsAsync(IReadModels reads, IEventStore store, Live.ILiveWard ward, CancellationToken gone)
    {
        List<ModelAnswer> answers = [];
        var scores = ward.Snapshot().Scores;
        foreach (var model in await reads.ModelsAsync(gone))
        {
            var events = await store.ReadStreamAsync(Model.StreamOf(model.Name), 1, gone).ToListAsync(gone);
            var tuned = events.Select(e => e.Event).OfType<ThresholdTuned>().LastOrDefault(t => t.Version == model.Current);
            answers.Add(new ModelAnswer(model.Name, model.Current, model.Before, model.InUse, model.Changes, tuned?.Threshold, tuned?.FalseAlarmRate,
                [.. events.Select(e => new ModelChange(e.Type, EventText.ModelVersion(e.Event), e.OccurredAt, EventText.Describe(e.Event)))],
                scores?.Threshold == tuned?.Threshold ? scores : null));
        }
        return answers;
    }
}
