using IoMTAD.Api.Live;
using IoMTAD.Api.Security;
using IoMTAD.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IoMTAD.Api.Routes;

/// <summary>Who asks.</summary>
/// <param name="Loopback">Nobody had to log in.</param>
public sealed record Me(string Name, Role Role, bool Loopback);

/// <summary>A device with its past.</summary>
public sealed record DeviceDetail(DeviceState Now, DateTimeOffset? DiscoveredAt, IReadOnlyList<SuppressionAnswer> Suppressions);

/// <summary>The ward as it is: figures, devices, and what changes.</summary>
internal static class WardRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", (HttpContext context) =>
                new Me(context.User.Name(), context.User.Role(), !context.Request.Headers.ContainsKey("Authorization")))
            .WithSummary("Who asks, and what they may do");
        api.MapGet("/overview", (OverviewOf overview, ILiveWard ward, CancellationToken gone) => overview.FromAsync(ward.Snapshot(), gone))
            .WithSummary("The ward in figures");
        api.MapGet("/devices", Devices).WithSummary("Devices as they are now, by id");
        api.MapGet("/devices/{id}", DeviceAsync).WithSummary("One device").Produces<DeviceDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/stream", (LiveStream stream, CancellationToken gone) => TypedResults.ServerSentEvents(stream.SubscribeAsync(gone)))
            .WithSummary("What changes, as server-sent events: the whole state first");
    }

    private static Page<DeviceState> Devices(
        ILiveWard ward, [FromQuery(Name = "ward")] string? inWard = null, string? search = null, DeviceCondition? state = null,
        string? after = null, int? limit = null)
    {
        var (most, wanted) = (Answers.Limit(limit, 200), Answers.Known(state));
        var found = ward.Snapshot().Devices.Where(d => (inWard is null || d.Device.Ward == inWard) && (wanted is null || d.State == wanted)
            && (search is null || Holds(d, search)) && (after is null || string.CompareOrdinal(d.Id, after) > 0)).Take(most + 1).ToList();
        return found.Count > most ? new(found.Take(most).ToList(), found[most - 1].Id) : new(found, null);
    }

    private static bool Holds(DeviceState d, string text) => new[] { d.Id, d.Device.Kind, d.Device.Ward, d.Device.Address }
        .Any(field => field.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static async Task<IResult> DeviceAsync(string id, ILiveWard ward, IReadModels reads, CancellationToken gone)
    {
        if (ward.Snapshot() is var snapshot && snapshot.Devices.FirstOrDefault(d => d.Id == id) is not { } now) return Answers.NotFound($"device {id}");
        var known = await reads.DeviceAsync(id, gone);
        var suppressions = await reads.SuppressionsAsync(snapshot.Clock, gone);
        return Results.Ok(new DeviceDetail(now, known?.DiscoveredAt,
            [.. suppressions.Where(s => s.Covers(now.Device)).Select(s => SuppressionAnswer.Of(s, snapshot.Clock))]));
    }
}
