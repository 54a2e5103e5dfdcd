using System.Collections.Immutable;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Api.Live;

/// <summary>Keeps what people have decided at hand for the policy, from the record.</summary>
/// <param name="changed">Called with the new decisions, from the feed.</param>
public sealed class StandingFeed(IReadModels reads, Action<StandingDecisions> changed)
{
    private const int PageSize = 500;

    private readonly Dictionary<string, Suppression> suppressions = new(StringComparer.Ordinal);
    private ImmutableHashSet<string> closed = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    private ImmutableDictionary<string, string> reopened = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Reads what holds now; older closings matter no more, nothing is gathered into those incidents.</summary>
    public async Task RestoreAsync(CancellationToken cancellation)
    {
        var now = await reads.TrafficClockAsync(cancellation);
        foreach (var suppression in await reads.SuppressionsAsync(now, cancellation)) suppressions[suppression.Id] = suppression;
        var since = now - PolicyOptions.Default.LongestPause;
        var query = new IncidentQuery { Open = false, Sort = IncidentSort.LastSeenAt, Limit = PageSize };
        do
        {
            var page = await reads.IncidentsAsync(query, cancellation);
            foreach (var incident in page.Items.Where(i => i.LastSeenAt >= since)) Close(incident.Id, incident.ReopenedAs);
            query = query with { After = page.Items.All(i => i.LastSeenAt >= since) ? page.Next : null };
        }
        while (query.After is not null);
        Publish();
    }

    /// <summary>For the feed: what was committed.</summary>
    public Task OnCommittedAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        var any = false;
        foreach (var stored in events) any |= Apply(stored);
        if (any) Publish();
        return Task.CompletedTask;
    }

    private bool Apply(StoredEvent stored)
    {
        switch (stored.Type)
        {
            case nameof(IncidentClosed) when stored.Event is IncidentClosed e:
                Close(e.IncidentId, null);
                return true;
            case nameof(IncidentReopened) when stored.Event is IncidentReopened e:
                Close(e.IncidentId, e.As);
                return true;
        }
        if (new SuppressionsView().KeyOf(stored) is not { } id || stored.Event is not { } known) return false;
        if (Suppression.Apply(suppressions.GetValueOrDefault(id), known, stored.OccurredAt) is { } suppression) suppressions[id] = suppression;
        // What was let pass changes a count and no decision.
        return known is not AnomalyAllowed;
    }

    private void Close(string incidentId, string? reopenedAs)
    {
        closed = closed.Add(incidentId);
        if (reopenedAs is not null) reopened = reopened.SetItem(incidentId, reopenedAs);
    }

    private void Publish() => changed(new StandingDecisions([.. suppressions.Values.Where(s => s.RevokedAt is null)], closed, reopened));
}
