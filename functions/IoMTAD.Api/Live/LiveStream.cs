using System.Data.Common;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Api.Live;

/// <summary>What has changed, sent to every page that looks, as server-sent events: <c>overview</c>, <c>devices</c>, <c>incident</c>, <c>suppressions</c>,
/// <c>notifications</c>; and <c>alive</c> every 15 s in which nothing has.</summary>
public sealed class LiveStream(ILiveWard ward, IReadModels reads, OverviewOf overview, TimeProvider time)
{
    private const int DevicesPerMessage = 500, IncidentsAtFirst = 50, IncidentsAtOnce = 50, MessagesWaiting = 500;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>Beats without a change, after which it is said that there was none: proxies cut what is silent, and a page knows a dead line by it.</summary>
    private const int QuietBeats = 30;

    private readonly Lock gate = new();
    private readonly List<Channel<SseItem<string>>> clients = [];
    private readonly HashSet<string> changedIncidents = new(StringComparer.Ordinal);
    private Dictionary<string, DeviceState> sent = new(StringComparer.Ordinal);
    private string sentOverview = "";
    private bool suppressionsChanged, notificationsChanged;

    /// <summary>For the feed: what was committed.</summary>
    public Task OnCommittedAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        var prefix = Incident.StreamOf("");
        lock (gate)
        {
            foreach (var e in events)
            {
                if (e.Stream.StartsWith(prefix, StringComparison.Ordinal)) changedIncidents.Add(e.Stream[prefix.Length..]);
                if (e.Stream.StartsWith("suppression-", StringComparison.Ordinal)) suppressionsChanged = true;
                if (e.Type.StartsWith("Notification", StringComparison.Ordinal)) notificationsChanged = true;
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>Sends what has changed twice a second, while anybody looks. Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Beat, time);
        for (var quiet = 1; await timer.WaitForNextTickAsync(cancellation); quiet++)
        {
            try
            {
                var messages = await ChangesAsync(cancellation);
                if (messages.Count == 0 && quiet >= QuietBeats) messages.Add(Item("alive", new { }));
                if (messages.Count > 0) quiet = 0;
                foreach (var message in messages) Broadcast(message);
            }
            catch (Exception e) when (e is DbException or IOException)
            {
                // Of what could not be read nobody was told: the pages come back and begin anew.
                Close();
            }
        }
    }

    /// <summary>The whole state first, then what changes, until the client goes. One that is too slow is let go: it comes back and begins anew.</summary>
    public async IAsyncEnumerable<SseItem<string>> SubscribeAsync([EnumeratorCancellation] CancellationToken gone)
    {
        var channel = Channel.CreateBounded<SseItem<string>>(MessagesWaiting);
        lock (gate) clients.Add(channel);
        try
        {
            var snapshot = ward.Snapshot();
            yield return Item("overview", await overview.FromAsync(snapshot, gone));
            foreach (var devices in snapshot.Devices.Chunk(DevicesPerMessage)) yield return Item("devices", new { Items = devices });
            var open = await reads.IncidentsAsync(new IncidentQuery { Open = true, Limit = IncidentsAtFirst }, gone);
            foreach (var incident in open.Items.Reverse()) yield return Item("incident", incident);
            await foreach (var message in channel.Reader.ReadAllAsync(gone)) yield return message;
        }
        finally
        {
            lock (gate) clients.Remove(channel);
        }
    }

    /// <summary>Ends all subscriptions, as when the host stops.</summary>
    public void Close()
    {
        lock (gate)
            foreach (var client in clients) client.Writer.TryComplete();
    }

    private async Task<List<SseItem<string>>> ChangesAsync(CancellationToken cancellation)
    {
        string[] incidents;
        bool suppressions, notifications;
        lock (gate)
        {
            // Of many at once, some wait for the next beat.
            (incidents, suppressions, notifications) = ([.. changedIncidents.Take(IncidentsAtOnce)], suppressionsChanged, notificationsChanged);
            suppressionsChanged = notificationsChanged = false;
            if (clients.Count == 0) changedIncidents.Clear();
            else changedIncidents.ExceptWith(incidents);
            if (clients.Count == 0) return [];
        }
        List<SseItem<string>> messages = [];
        var snapshot = ward.Snapshot();
        var devices = snapshot.Devices.Where(d => !sent.TryGetValue(d.Id, out var before) || before != d).ToList();
        sent = snapshot.Devices.ToDictionary(d => d.Id, StringComparer.Ordinal);
        foreach (var chunk in devices.Chunk(DevicesPerMessage)) messages.Add(Item("devices", new { Items = chunk }));
        foreach (var id in incidents)
            if (await reads.IncidentAsync(id, cancellation) is { } incident) messages.Add(Item("incident", incident));
        var now = Item("overview", await overview.FromAsync(snapshot, cancellation));
        if (now.Data != sentOverview) messages.Add(now);
        sentOverview = now.Data;
        if (suppressions) messages.Add(Item("suppressions", new { }));
        if (notifications) messages.Add(Item("notifications", new { }));
        return messages;
    }

    private void Broadcast(SseItem<string> message)
    {
        lock (gate)
            foreach (var client in clients.Where(c => !c.Writer.TryWrite(message))) client.Writer.TryComplete();
    }

    private static SseItem<string> Item<T>(string type, T value) => new(ApiJson.Write(value), type);
}
