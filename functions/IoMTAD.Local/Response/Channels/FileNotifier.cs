using System.Text.Json;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Response;

namespace IoMTAD.Local.Response.Channels;

/// <summary>Appends each notification as one JSON line; one that stands there already is not written again.</summary>
public sealed class FileNotifier(string file, string channel = "file") : INotifier
{
    public const string FileName = "notifications.jsonl";

    private readonly SemaphoreSlim writing = new(1, 1);
    private HashSet<string>? written;

    public string Channel => channel;

    public bool TellsRepeats => true;

    public async Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            written ??= await ReadIdsAsync(cancellation);
            if (written.Contains(notification.NotificationId)) return null;
            // Opened for each line: the file may be rotated away at any time, and a full disk is an error here, not later.
            await File.AppendAllTextAsync(file, EventTypes.Serialize(notification) + "\n", CancellationToken.None);
            written.Add(notification.NotificationId);
            return null;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The latest whole lines of a file, newest first; none where it is not there.</summary>
    public static async Task<IReadOnlyList<NotificationRequested>> ReadLastAsync(string file, int most, CancellationToken cancellation)
    {
        if (!File.Exists(file)) return [];
        var last = new Queue<string>();
        await foreach (var line in File.ReadLinesAsync(file, cancellation))
        {
            last.Enqueue(line);
            if (last.Count > most) last.Dequeue();
        }
        return [.. last.Reverse().Select(Parse).OfType<NotificationRequested>()];
    }

    private async Task<HashSet<string>> ReadIdsAsync(CancellationToken cancellation)
    {
        HashSet<string> ids = [];
        if (!File.Exists(file)) return ids;
        var text = await File.ReadAllTextAsync(file, cancellation);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (Parse(line) is { } written) ids.Add(written.NotificationId);
        // A line cut off by a crash: the next one must not be glued to it.
        if (text.Length > 0 && text[^1] != '\n') await File.AppendAllTextAsync(file, "\n", cancellation);
        return ids;
    }

    private static NotificationRequested? Parse(string line)
    {
        try
        {
            return EventTypes.Deserialize(nameof(NotificationRequested), line) as NotificationRequested;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
