using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Views.Exports;

public enum ExportFormat
{
    /// <summary>One JSON object a line, with the hashes.</summary>
    JsonLines,

    /// <summary>For spreadsheets.</summary>
    Csv,

    /// <summary>ArcSight Common Event Format, for a SIEM.</summary>
    Cef,

    /// <summary>A bundle of STIX 2.1, of the incidents that the events belong to.</summary>
    Stix,
}

/// <summary>Writes what a question finds, page by page, in a form that other tools read.</summary>
/// <param name="version">Of the program.</param>
public sealed class RecordExport(IReadModels reads, IEventStore store, string version)
{
    private const int PageSize = 1000;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, InventoryDevice?> devices = [];

    /// <summary>Events written so far; of STIX, objects.</summary>
    public long Rows { get; private set; }

    /// <exception cref="FormatException">The query's <c>After</c> is none of this list's.</exception>
    public Task WriteAsync(ExportFormat format, EventQuery query, TextWriter output, CancellationToken cancellation = default) => format switch
    {
        ExportFormat.JsonLines => WriteLinesAsync(query, null, row => Task.FromResult(EventJsonLine.Write(row.Event)), "\n", output, cancellation),
        ExportFormat.Csv => WriteLinesAsync(query, EventCsv.Head, row => Task.FromResult(EventCsv.Line(row)), "\r\n", output, cancellation),
        ExportFormat.Cef => WriteLinesAsync(query, null,
            async row => CefFormat.Line(row, await DeviceAsync(row.DeviceId, cancellation), version), "\n", output, cancellation),
        _ => WriteStixAsync(query, output, cancellation),
    };

    /// <summary>All pages of an answer.</summary>
    public static async IAsyncEnumerable<EventRow> ReadAllAsync(
        IReadModels reads, EventQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        do
        {
            var page = await reads.EventsAsync(query with { Limit = PageSize }, cancellation);
            foreach (var row in page.Items) yield return row;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    private async Task WriteLinesAsync(
        EventQuery query, string? head, Func<EventRow, Task<string>> line, string end, TextWriter output, CancellationToken cancellation)
    {
        if (head is not null) await output.WriteAsync(new StringBuilder(head).Append(end), cancellation);
        await foreach (var row in ReadAllAsync(reads, query, cancellation))
        {
            await output.WriteAsync(new StringBuilder(await line(row)).Append(end), cancellation);
            Rows++;
        }
    }

    private async Task WriteStixAsync(EventQuery query, TextWriter output, CancellationToken cancellation)
    {
        HashSet<string> incidents = [], written = [];
        await output.WriteAsync($"{{\"type\":\"bundle\",\"id\":\"{StixIds.Of("bundle", JsonSerializer.Serialize(query))}\",\"objects\":[");
        await WriteAsync(StixObjects.Identity);
        await foreach (var row in ReadAllAsync(reads, query, cancellation))
        {
            if (row.IncidentId is not { } id || !incidents.Add(id) || await reads.IncidentAsync(id, cancellation) is not { } incident) continue;
            var observed = await store.ReadStreamAsync(Incident.StreamOf(id), 1, cancellation)
                .Select(e => e.Event).OfType<AnomalyObserved>().ToListAsync(cancellation);
            foreach (var item in StixObjects.Of(incident, observed)) await WriteAsync(item);
        }
        await output.WriteAsync("\n]}\n".AsMemory(), cancellation);

        async Task WriteAsync(JsonObject item)
        {
            if (!written.Add(item["id"]!.GetValue<string>())) return;
            await output.WriteAsync($"{(Rows++ > 0 ? "," : "")}\n{item.ToJsonString(Relaxed)}".AsMemory(), cancellation);
        }
    }

    private async Task<InventoryDevice?> DeviceAsync(string? id, CancellationToken cancellation)
    {
        if (id is null) return null;
        if (devices.TryGetValue(id, out var known)) return known;
        return devices[id] = (await reads.DeviceAsync(id, cancellation))?.Device;
    }
}
