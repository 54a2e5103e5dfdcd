using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Views;

namespace IoMTAD.Local.Views;

/// <summary>Pages of devices, by id.</summary>
internal sealed class SqliteDeviceQueries(SqliteDatabase database)
{
    private const string List = "devices";

    /// <exception cref="FormatException">The query's <c>After</c> is none of this list's.</exception>
    public async Task<Page<DeviceHealth>> PageAsync(DeviceQuery query, CancellationToken cancellation)
    {
        var question = new SqliteQuestion();
        if (PageCursor.Read(query.After, List) is { } cursor) question.Add("device", ">", cursor.Key);
        if (query.Ward is { } ward) question.Add("ward", "=", ward);
        if (!string.IsNullOrEmpty(query.Search)) question.AddOther("words", "instr(words, {0}) > 0", DeviceWords.Of(query.Search));
        var limit = PageLimit.Of(query.Limit);
        await using var connection = database.Connect();
        await using var command = question.Command(connection, $"""
            SELECT page.device, r.data FROM
                (SELECT device FROM device_index {question.Where(null)} ORDER BY device LIMIT {limit + 1}) AS page
                CROSS JOIN view_rows AS r ON r.view = 'devices' AND r.key = page.device
            ORDER BY page.device
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DeviceHealth> devices = [];
        var last = "";
        while (await reader.ReadAsync(cancellation))
        {
            if (devices.Count == limit) return new Page<DeviceHealth>(devices, new PageCursor(List, 0, last).ToString());
            devices.Add(ViewJson.Read<DeviceHealth>(reader.GetString(1)));
            last = reader.GetString(0);
        }
        return new Page<DeviceHealth>(devices, null);
    }
}
