using IoMTAD.Local.Recording;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Local.Views;

/// <summary>What the index of events still knows of one that is gone.</summary>
internal static class SqliteTrace
{
    public static async Task<EventTrace?> FindAsync(SqliteDatabase database, long position, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.name, i.incident, d.name FROM event_index AS e JOIN names AS t ON t.number = e.type
                LEFT JOIN incident_index AS i ON i.number = e.incident LEFT JOIN names AS d ON d.number = e.device
            WHERE e.position = $position
            """;
        command.Parameters.AddWithValue("$position", position);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var type = reader.GetString(0);
        return new EventTrace(type, !reader.IsDBNull(1) ? Incident.StreamOf(reader.GetString(1))
            : type is nameof(DeviceDiscovered) or nameof(BaselineLearned) or nameof(DeviceWentSilent) or nameof(DeviceResumed)
                ? Device.StreamOf(new("", reader.GetString(2), "", ""))
                : null);
    }
}
