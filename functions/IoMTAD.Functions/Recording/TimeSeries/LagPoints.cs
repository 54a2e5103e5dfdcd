using IoMTAD.Functions.Capture;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Writes;

namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>One point of <c>lag</c> for each partition and look of the audit, by the host's clock: what waits has no traffic time yet.</summary>
internal static class LagPoints
{
    public static IEnumerable<PointData> Of(IReadOnlyList<GroupOffsets> offsets, DateTimeOffset at)
    {
        foreach (var group in offsets)
        {
            var point = PointData.Measurement("lag").Tag("partition", SessionPoints.Partition(group.Partition))
                .Field("records", group.Lag).Field("end", group.End);
            if (group.Committed is { } committed) point = point.Field("committed", committed);
            yield return point.Timestamp(at, WritePrecision.Ns);
        }
    }
}
