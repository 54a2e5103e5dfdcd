using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Views;

namespace IoMTAD.Local.Views;

/// <summary>Sums over time.</summary>
internal static class SqliteHours
{
    public static async Task<IReadOnlyList<DetectionMinute>> MinutesAsync(
        SqliteDatabase database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM view_rows WHERE view = 'timeline' AND key >= $from AND key < $to ORDER BY key";
        command.Parameters.AddWithValue("$from", DetectionTimelineView.KeyOf(from));
        command.Parameters.AddWithValue("$to", DetectionTimelineView.KeyOf(TrafficHours.MinuteAfter(to)));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DetectionMinute> minutes = [];
        while (await reader.ReadAsync(cancellation)) minutes.Add(ViewJson.Read<DetectionMinute>(reader.GetString(0)));
        return minutes;
    }

    public static async Task<IReadOnlyList<DeviceHour>> OfDevicesAsync(
        SqliteDatabase database, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            WITH busiest AS (SELECT device FROM device_hours WHERE hour >= $from AND hour < $to
                GROUP BY device ORDER BY SUM(segments) DESC, SUM(incidents) DESC, device LIMIT $most)
            SELECT d.name, w.name, h.hour, h.incidents, h.segments FROM device_hours AS h
                JOIN names AS d ON d.number = h.device JOIN names AS w ON w.number = h.ward
            WHERE h.hour >= $from AND h.hour < $to AND h.device IN busiest ORDER BY h.hour, d.name
            """;
        command.Parameters.AddWithValue("$from", TrafficHours.Of(from));
        command.Parameters.AddWithValue("$to", TrafficHours.After(to));
        command.Parameters.AddWithValue("$most", most);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DeviceHour> hours = [];
        while (await reader.ReadAsync(cancellation))
            hours.Add(new(reader.GetString(0), reader.GetString(1), TrafficHours.Time(reader.GetInt64(2)), reader.GetInt32(3), reader.GetInt32(4)));
        return hours;
    }

    /// <remarks>Incidents count for the hour in which they opened, under the class that they have now.</remarks>
    public static async Task<IReadOnlyList<ClassHour>> OfClassesAsync(
        SqliteDatabase database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT n.name, MAX(s.technique), s.hour, SUM(s.incidents), SUM(s.segments) FROM (
                SELECT hour, class, technique, 0 AS incidents, segments FROM class_hours WHERE hour >= $from AND hour < $to
                UNION ALL
                SELECT opened_at / {TimeSpan.TicksPerHour}, COALESCE(class, {SqliteRollups.Unnamed}), technique, 1, 0 FROM incident_index
                WHERE opened_at >= $from * {TimeSpan.TicksPerHour} AND opened_at < $to * {TimeSpan.TicksPerHour}) AS s
            LEFT JOIN names AS n ON n.number = s.class GROUP BY s.hour, s.class ORDER BY s.hour, n.name
            """;
        command.Parameters.AddWithValue("$from", TrafficHours.Of(from));
        command.Parameters.AddWithValue("$to", TrafficHours.After(to));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<ClassHour> hours = [];
        while (await reader.ReadAsync(cancellation))
            hours.Add(new(
                reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1),
                TrafficHours.Time(reader.GetInt64(2)),
                reader.GetInt32(3), reader.GetInt32(4)));
        return hours;
    }
}
