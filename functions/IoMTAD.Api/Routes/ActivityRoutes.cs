using IoMTAD.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IoMTAD.Api.Routes;

/// <summary>When what was strange: the views of frequency and patterns.</summary>
internal static class ActivityRoutes
{
    private const int MostDevices = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/timeline", async (IReadModels reads, CancellationToken gone, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
                await reads.TimelineAsync(From(from), To(to), gone))
            .WithSummary("Minutes in which something was detected, by traffic time");
        api.MapGet("/activity/devices", async (
            IReadModels reads, CancellationToken gone, DateTimeOffset? from = null, DateTimeOffset? to = null, int? most = null) =>
                await reads.DeviceHoursAsync(From(from), To(to), Most(most), gone))
            .WithSummary("Device by hour: how often each was strange, the busiest devices");
        api.MapGet("/activity/classes", async (IReadModels reads, CancellationToken gone, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
                await reads.ClassHoursAsync(From(from), To(to), gone))
            .WithSummary("Suspected class by hour, with its technique");
    }

    private static DateTimeOffset From(DateTimeOffset? from) => from ?? DateTimeOffset.UnixEpoch;

    private static DateTimeOffset To(DateTimeOffset? to) => to ?? DateTimeOffset.MaxValue;

    private static int Most(int? asked) => asked is null ? 50
        : asked is >= 1 and <= MostDevices ? asked.Value : throw new FormatException($"most: 1 to {MostDevices} devices");
}
