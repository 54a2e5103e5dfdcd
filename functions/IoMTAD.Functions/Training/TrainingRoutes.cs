using IoMTAD.Api.Desks;
using IoMTAD.Api.Routes;
using IoMTAD.Api.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;

namespace IoMTAD.Functions.Training;

/// <param name="Granted">False refuses the promotion.</param>
/// <param name="Version">The version that is meant; null for whatever waits.</param>
public sealed record ApprovalWord(bool Granted, string? Version);

/// <summary>Training over HTTP. The function that takes the request puts the client that it is bound to among the request's features.</summary>
public static class TrainingRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/training", async (Nothing? _, TrainingDesk desk, HttpContext context, CancellationToken gone) =>
            {
                var answer = await desk.StartAsync(ClientOf(context), $"started by {context.User.Name()}", gone);
                return Results.Json(answer, statusCode: answer.Started ? StatusCodes.Status202Accepted : StatusCodes.Status409Conflict);
            })
            .RequireAuthorization(nameof(Role.Admin)).Produces<TrainingAnswer>(StatusCodes.Status202Accepted)
            .Produces<TrainingAnswer>(StatusCodes.Status409Conflict).WithSummary("Trains a new version of the model, unless that is being done already");
        api.MapGet("/training", async (TrainingDesk desk, HttpContext context, CancellationToken gone) =>
                await desk.StatusAsync(ClientOf(context), gone) is { } state ? Results.Ok(state) : Missing())
            .RequireAuthorization(nameof(Role.Viewer)).Produces<TrainingState>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Where the latest training stands, or what came of it");
        api.MapPost("/training/approval", async (ApprovalWord word, TrainingDesk desk, HttpContext context, CancellationToken gone) =>
                Answer(await desk.ApproveAsync(ClientOf(context), word.Granted, word.Version, context.User.Name(), gone)))
            .RequireAuthorization(nameof(Role.Admin)).Produces<TrainingState>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Says whether the version that waits for it may be promoted");
    }

    private static DurableTaskClient ClientOf(HttpContext context) => context.Features.Get<DurableTaskClient>()
        ?? throw new InvalidOperationException("the request came without a client of Durable Functions");

    private static IResult Missing() => Results.Problem("there is no training yet", statusCode: StatusCodes.Status404NotFound);

    private static IResult Answer(ActOutcome<TrainingState> outcome) => outcome switch
    {
        { Value: { } state } => Results.Json(state, statusCode: StatusCodes.Status202Accepted),
        { Failure: ActFailure.NotFound } => Missing(),
        _ => Results.Problem(outcome.Reason, statusCode: StatusCodes.Status409Conflict),
    };
}
