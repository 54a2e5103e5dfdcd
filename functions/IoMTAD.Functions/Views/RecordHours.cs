using IoMTAD.Hosting.Views;
using IoMTAD.Views;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Sums over time.</summary>
internal static class RecordHours
{
    public static Task<IReadOnlyList<DetectionMinute>> MinutesAsync(
        NpgsqlDataSource source, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) => source.ListAsync(
            "SELECT data FROM view_rows WHERE view = 'timeline' AND key >= $1 AND key < $2 ORDER BY key",
            r => ViewJson.Read<DetectionMinute>(r.GetString(0)), cancellation,
            DetectionTimelineView.KeyOf(from), DetectionTimelineView.KeyOf(TrafficHours.MinuteAfter(to)));

    public static Task<IReadOnlyList<DeviceHour>> OfDevicesAsync(
        NpgsqlDataSource source, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellation) => source.ListAsync(
            """
            WITH busiest AS (SELECT device FROM device_hours WHERE hour >= $1 AND hour < $2
                GROUP BY device ORDER BY SUM(segments) DESC, SUM(incidents) DESC, device LIMIT $3)
            SELECT device, ward, hour, incidents, segments FROM device_hours
            WHERE hour >= $1 AND hour < $2 AND device IN (SELECT device FROM busiest) ORDER BY hour, device
            """,
            r => new DeviceHour(r.GetString(0), r.GetString(1), TrafficHours.Time(r.GetInt64(2)), (int)r.GetInt64(3), (int)r.GetInt64(4)), cancellation,
            TrafficHours.Of(from), TrafficHours.After(to), most < 0 ? null : (long)most);

    /// <remarks>Incidents count for the hour in which they opened, under the class that they have now.</remarks>
    public static Task<IReadOnlyList<ClassHour>> OfClassesAsync(
        NpgsqlDataSource source, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) => source.ListAsync(
            $"""
            SELECT class, MAX(technique), hour, SUM(incidents)::bigint, SUM(segments)::bigint FROM (
                SELECT hour, class, technique, 0 AS incidents, segments FROM class_hours WHERE hour >= $1 AND hour < $2
                UNION ALL
                SELECT opened_at / {TimeSpan.TicksPerHour}, class, technique, 1, 0 FROM incident_index
                WHERE opened_at >= $1 * {TimeSpan.TicksPerHour} AND opened_at < $2 * {TimeSpan.TicksPerHour}) AS sums
            GROUP BY hour, class ORDER BY hour, class NULLS FIRST
            """,
            r => new ClassHour(r.Text(0), r.Text(1), TrafficHours.Time(r.GetInt64(2)), (int)r.GetInt64(3), (int)r.GetInt64(4)), cancellation,
            TrafficHours.Of(from), TrafficHours.After(to));
}
