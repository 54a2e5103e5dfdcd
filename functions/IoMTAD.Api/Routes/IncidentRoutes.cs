using IoMTAD.Api.Desks;
using IoMTAD.Api.Security;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IoMTAD.Api.Routes;

/// <summary>Which incidents, as the query string says it.</summary>
internal sealed record IncidentFilter(
    bool? Open, string? DeviceId, string? Ward, IncidentKind? Kind, string? Class, Severity? Severity, Disposition? Disposition, DateTimeOffset? From,
    DateTimeOffset? To, IncidentSort? Sort, bool? Descending, string? After, int? Limit)
{
    public IncidentQuery ToQuery() => new()
    {
        Open = Open, DeviceId = DeviceId, Ward = Ward, Kind = Answers.Known(Kind), Class = Class, Severity = Answers.Known(Severity),
        Disposition = Answers.Known(Disposition), From = From, To = To,
        Sort = Answers.Known(Sort) ?? IncidentSort.OpenedAt, Descending = Descending ?? true, After = After, Limit = Answers.Limit(Limit, 50),
    };
}

public sealed record NewNote(string? Text);

public sealed record Closing(Disposition Disposition, string? Note);

public sealed record Reopening(string? Note);

/// <summary>Incidents, and what people do with them. Acts obey If-Match: the ETag of an incident is its version.</summary>
internal static class IncidentRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/incidents", ([AsParameters] IncidentFilter filter, IReadModels reads, CancellationToken gone) =>
                reads.IncidentsAsync(filter.ToQuery(), gone))
            .WithSummary("Incidents");
        api.MapGet("/incidents/{id}", async (string id, IncidentDetails details, HttpResponse response, CancellationToken gone) =>
        {
            if (await details.ReadAsync(id, gone) is not { } detail) return Answers.NotFound($"incident {id}");
            Answers.Tag(response, detail.Incident.Version);
            return Results.Ok(detail);
        }).Produces<IncidentDetail>().ProducesProblem(StatusCodes.Status404NotFound).WithSummary("One incident: why, its timeline, what is like it");

        Act(api, "acknowledge", "Says that somebody is looking", (Nothing? _, string id, IncidentDesk desk, HttpContext context, CancellationToken gone) =>
            DoneAsync(context, version => desk.AcknowledgeAsync(id, context.User.Name(), version, gone)));
        Act(api, "notes", "Adds a note", (NewNote note, string id, IncidentDesk desk, HttpContext context, CancellationToken gone) =>
            DoneAsync(context, version => desk.AddNoteAsync(id, note.Text ?? "", context.User.Name(), version, gone)));
        Act(api, "close", "Says what it was", (Closing closing, string id, IncidentDesk desk, HttpContext context, CancellationToken gone) =>
            DoneAsync(context, version => desk.CloseAsync(id, closing.Disposition, closing.Note, context.User.Name(), version, gone)));
        Act(api, "reopen", "Goes on with a closed incident as a new one", (
                Reopening? reopening, string id, IncidentDesk desk, HttpContext context, CancellationToken gone) =>
            DoneAsync(context, version => desk.ReopenAsync(id, reopening?.Note, context.User.Name(), version, gone), StatusCodes.Status201Created));
    }

    private static void Act(RouteGroupBuilder api, string name, string summary, Delegate act) => api.MapPost($"/incidents/{{id}}/{name}", act)
        .RequireAuthorization(nameof(Role.Responder)).Produces<Incident>().Produces<Incident>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithSummary(summary);

    private static async Task<IResult> DoneAsync(
        HttpContext context, Func<int?, Task<ActOutcome<Incident>>> act, int status = StatusCodes.Status200OK) =>
        Answers.Of(await act(Answers.VersionOf(context.Request)), incident =>
        {
            Answers.Tag(context.Response, incident.Version);
            return Results.Json(incident, ApiJson.Options, statusCode: status);
        });
}
