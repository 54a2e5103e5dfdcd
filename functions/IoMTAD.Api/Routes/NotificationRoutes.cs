using IoMTAD.Api.Desks;
using IoMTAD.Api.Security;
using IoMTAD.Policy.Notifications;
using IoMTAD.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IoMTAD.Api.Routes;

/// <summary>Who was told what, how the channels are, and what was given up.</summary>
internal static class NotificationRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/notifications", (INotificationDesk desk, CancellationToken gone, MessageState? state = null, string? after = null, int? limit = null) =>
                desk.ListAsync(Answers.Known(state), after, Answers.Limit(limit, 100), gone))
            .WithSummary("Messages and what became of them, newest first");
        api.MapGet("/notifications/channels", (INotificationDesk desk, CancellationToken gone) => desk.ReadHealthAsync(gone))
            .WithSummary("How each channel is");
        api.MapGet("/outbox", async (INotificationDesk desk, CancellationToken gone) =>
                await desk.ReadLettersAsync(gone) is { } letters ? Results.Ok(letters) : Answers.NotFound("channel that writes to a file"))
            .Produces<IReadOnlyList<Letter>>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Messages that were written to a file in place of being sent");
        api.MapPost("/notifications/{id}/resend", async (string id, Nothing? _, INotificationDesk desk, HttpContext context, CancellationToken gone) =>
                Answers.Of(await desk.ResendAsync(id, context.User.Name(), gone), Results.Ok))
            .RequireAuthorization(nameof(Role.Responder)).Produces<NotificationRow>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Sends a message again that was given up");
        api.MapPost("/notifications/channels/{name}/test", async (string name, Nothing? _, INotificationDesk desk, CancellationToken gone) =>
                Answers.Of(await desk.TestAsync(name, gone), Results.Ok))
            .RequireAuthorization(nameof(Role.Responder)).Produces<TestResult>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Sends a test message by a channel, now");
    }
}
