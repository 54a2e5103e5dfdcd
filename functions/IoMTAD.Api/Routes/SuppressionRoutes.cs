using IoMTAD.Api.Desks;
using IoMTAD.Api.Security;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IoMTAD.Api.Routes;

/// <summary>A mute, maintenance window, allow rule or learned behaviour.</summary>
/// <param name="Allowed">Strange segments that it let pass, as far as they are on record.</param>
public sealed record SuppressionAnswer(
    string Id, SuppressionKind Kind, string? DeviceId, string? Ward, DateTimeOffset From, DateTimeOffset Until, string By, AllowRule? Rule,
    string? IncidentId, DateTimeOffset? RevokedAt, string? RevokedBy, int Allowed, bool Active)
{
    /// <param name="now">Traffic time.</param>
    internal static SuppressionAnswer Of(Suppression s, DateTimeOffset? now) =>
        new(s.Id, s.Kind, s.DeviceId, s.Ward, s.From, s.Until, s.By, s.Rule, s.IncidentId,
            s.RevokedAt, s.RevokedBy, s.Allowed, now is { } at && s.IsActive(at));
}

/// <param name="Kind">Mute, Maintenance or AllowRule; behaviour is learned from an incident.</param>
/// <param name="From">Of a maintenance window, traffic time; null for now.</param>
/// <param name="Minutes">How long it lasts.</param>
/// <param name="Rule">Of an allow rule.</param>
public sealed record NewSuppression(SuppressionKind Kind, string? DeviceId, string? Ward, DateTimeOffset? From, double Minutes, AllowRule? Rule);

public sealed record RuleToPreview(AllowRule Rule);

/// <summary>What is known to be harmless, and who said so.</summary>
internal static class SuppressionRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/suppressions", async (IReadModels reads, ActClock clock, CancellationToken gone, bool all = false) =>
        {
            var now = await clock.NowAsync(gone);
            return (await reads.SuppressionsAsync(all ? null : now, gone)).Select(s => SuppressionAnswer.Of(s, now));
        }).WithSummary("Mutes, maintenance windows, allow rules and learned behaviour; all: ended ones too");
        api.MapPost("/suppressions", AddAsync).RequireAuthorization(nameof(Role.Responder))
            .Produces<SuppressionAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Mutes a device, plans a maintenance window or adds an allow rule");
        api.MapPost("/suppressions/preview", (RuleToPreview asked, SuppressionDesk desk, CancellationToken gone) =>
                desk.PreviewAsync(asked.Rule ?? throw new FormatException("rule: what is to be allowed"), gone))
            .RequireAuthorization(nameof(Role.Responder)).WithSummary("What an allow rule would have silenced among the latest incidents");
        api.MapPost("/suppressions/{id}/revoke", async (string id, Nothing? _, HttpContext context, SuppressionDesk desk, CancellationToken gone) =>
                Answers.Of(await desk.RevokeAsync(id, context.User.Name(), gone), s => Results.Ok(SuppressionAnswer.Of(s, null))))
            .RequireAuthorization(nameof(Role.Responder)).Produces<SuppressionAnswer>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Ends a suppression before its time");
        api.MapGet("/incidents/{id}/learn", async (string id, SuppressionDesk desk, CancellationToken gone) =>
                Answers.Of(await desk.PreviewLearningAsync(id, gone), Results.Ok))
            .RequireAuthorization(nameof(Role.Analyst)).Produces<LearningPreview>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).WithSummary("What would be learned from an incident, and what that would have silenced");
        api.MapPost("/incidents/{id}/learn", LearnAsync).RequireAuthorization(nameof(Role.Analyst))
            .Produces<SuppressionAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Makes an incident's behaviour a part of what is normal for its device");
    }

    private static async Task<IResult> AddAsync(
        NewSuppression asked, HttpContext context, SuppressionDesk desk, ActClock clock, CancellationToken gone)
    {
        var by = context.User.Name();
        if (asked.Kind is not SuppressionKind.Mute && !context.User.Is(Role.Analyst))
            return Answers.Problem(StatusCodes.Status403Forbidden, $"{asked.Kind} takes the role {Role.Analyst}; a responder may mute a device");
        if (!(asked.Minutes > 0 && asked.Minutes <= TimeSpan.FromDays(365).TotalMinutes)) throw new FormatException("minutes: how long it lasts, more than 0");
        var length = TimeSpan.FromMinutes(asked.Minutes);
        var outcome = asked.Kind switch
        {
            SuppressionKind.Mute => await desk.MuteAsync(asked.DeviceId ?? throw new FormatException("deviceId: whom to mute"), length, by, gone),
            SuppressionKind.Maintenance => await desk.MaintainAsync(asked.DeviceId, asked.Ward, asked.From, length, by, gone),
            SuppressionKind.AllowRule => await desk.AllowAsync(asked.Rule ?? throw new FormatException("rule: what is to be allowed"), length, by, gone),
            _ => throw new FormatException("kind: Mute, Maintenance or AllowRule; behaviour is learned from an incident, by /incidents/{id}/learn"),
        };
        return await CreatedAsync(outcome, clock, gone);
    }

    private static async Task<IResult> LearnAsync(
        string id, Days? days, HttpContext context, SuppressionDesk desk, ActClock clock, CancellationToken gone)
    {
        var asked = days?.Number ?? 30;
        if (!(asked > 0 && asked <= 365)) throw new FormatException("days: how long it holds, at most 90");
        return await CreatedAsync(await desk.LearnAsync(id, TimeSpan.FromDays(asked), context.User.Name(), gone), clock, gone);
    }

    private static async Task<IResult> CreatedAsync(ActOutcome<Suppression> outcome, ActClock clock, CancellationToken gone)
    {
        var now = await clock.NowAsync(gone);
        return Answers.Of(outcome, s => Results.Created((string?)null, SuppressionAnswer.Of(s, now)));
    }
}

/// <summary>An act that needs no more words.</summary>
public sealed record Nothing;

/// <param name="Number">Named <c>days</c>; 30 where it is left out.</param>
public sealed record Days([property: System.Text.Json.Serialization.JsonPropertyName("days")] double? Number);
