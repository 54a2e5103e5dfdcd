using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Api.Desks;

/// <summary>What can be learned from an incident, and what it would have done to the past.</summary>
public sealed record LearningPreview(LearnedBehaviour Behaviour, SuppressionPreview Silences);

/// <summary>Where people say what is harmless: mutes, maintenance windows, allow rules and learned behaviour, each with an end.</summary>
public sealed class SuppressionDesk(IEventStore store, IReadModels reads, ActClock clock)
{
    /// <summary>Incidents of the past that a preview looks at, the latest.</summary>
    private const int Looked = 200;

    private static readonly TimeSpan LongestQuiet = TimeSpan.FromDays(7), LongestAllowance = TimeSpan.FromDays(90);

    public async Task<ActOutcome<Suppression>> MuteAsync(string deviceId, TimeSpan length, string by, CancellationToken cancellation)
    {
        if (await reads.DeviceAsync(deviceId, cancellation) is null) return ActOutcome<Suppression>.NotFound($"device {deviceId}");
        if (Limit("a mute", length, LongestQuiet) is { } refusal) return ActOutcome<Suppression>.Refused(refusal);
        var now = await clock.NowAsync(cancellation);
        return await AddAsync((id, from) => new DeviceMuted(id, deviceId, from, from + length, by), now, cancellation);
    }

    /// <param name="deviceId">Null for a whole ward, and the other way round.</param>
    /// <param name="from">Null for now.</param>
    public async Task<ActOutcome<Suppression>> MaintainAsync(
        string? deviceId, string? ward, DateTimeOffset? from, TimeSpan length, string by, CancellationToken cancellation)
    {
        if (deviceId is null == ward is null) return ActOutcome<Suppression>.Refused("a maintenance window is for one device or one ward: name one of them");
        if (deviceId is not null && await reads.DeviceAsync(deviceId, cancellation) is null)
            return ActOutcome<Suppression>.NotFound($"device {deviceId}");
        if (Limit("a maintenance window", length, LongestQuiet) is { } refusal) return ActOutcome<Suppression>.Refused(refusal);
        var begins = from ?? await clock.NowAsync(cancellation);
        return await AddAsync((id, start) => new MaintenanceScheduled(id, deviceId, ward, start, start + length, by), begins, cancellation);
    }

    public async Task<ActOutcome<Suppression>> AllowAsync(AllowRule rule, TimeSpan length, string by, CancellationToken cancellation)
    {
        if (!rule.SaysWhat)
            return ActOutcome<Suppression>.Refused("the rule has to say what it allows: a feature, a class or a peer; whose traffic alone is a mute");
        if (Limit("an allow rule", length, LongestAllowance) is { } refusal) return ActOutcome<Suppression>.Refused(refusal);
        var now = await clock.NowAsync(cancellation);
        return await AddAsync((id, from) => new AllowRuleAdded(id, rule, from, from + length, by), now, cancellation);
    }

    /// <summary>What the rule would have silenced among the latest incidents.</summary>
    public async Task<SuppressionPreview> PreviewAsync(AllowRule rule, CancellationToken cancellation) =>
        await new HistoryPreview(store).OfRuleAsync(rule, await HistoryAsync(null, cancellation), cancellation);

    /// <summary>What would be learned from an incident, and what of its device's past that would have silenced.</summary>
    public async Task<ActOutcome<LearningPreview>> PreviewLearningAsync(string incidentId, CancellationToken cancellation)
    {
        if (await reads.IncidentAsync(incidentId, cancellation) is not { } incident) return ActOutcome<LearningPreview>.NotFound($"incident {incidentId}");
        var (behaviour, refusal) = await new BehaviourLearner(store).LearnAsync(incident, cancellation);
        return behaviour is null
            ? ActOutcome<LearningPreview>.Refused(refusal!)
            : new LearningPreview(behaviour, await new HistoryPreview(store).OfBehaviourAsync(
                incident.Device.Id, behaviour, await HistoryAsync(incident.Device.Id, cancellation), cancellation));
    }

    /// <summary>This behaviour is normal for this device from now on.</summary>
    public async Task<ActOutcome<Suppression>> LearnAsync(string incidentId, TimeSpan length, string by, CancellationToken cancellation)
    {
        if (await reads.IncidentAsync(incidentId, cancellation) is not { } incident) return ActOutcome<Suppression>.NotFound($"incident {incidentId}");
        if (Limit("learned behaviour", length, LongestAllowance) is { } tooLong) return ActOutcome<Suppression>.Refused(tooLong);
        var now = await clock.NowAsync(cancellation);
        var learned = (await reads.SuppressionsAsync(now, cancellation))
            .Count(s => s.Kind == SuppressionKind.LearnedBehaviour && s.DeviceId == incident.Device.Id);
        if (learned >= BehaviourLearner.MostPerDevice)
            return ActOutcome<Suppression>.Refused($"{incident.Device.Id} has {learned} learned behaviours already: revoke one, or train the model anew");
        var (behaviour, refusal) = await new BehaviourLearner(store).LearnAsync(incident, cancellation);
        return behaviour is null
            ? ActOutcome<Suppression>.Refused(refusal!)
            : await AddAsync((id, from) => new BehaviourLearned(id, incident.Device.Id, incident.Id, behaviour, from, from + length, by), now, cancellation);
    }

    public async Task<ActOutcome<Suppression>> RevokeAsync(string id, string by, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } suppression) return ActOutcome<Suppression>.NotFound($"suppression {id}");
        if (suppression.RevokedAt is not null) return ActOutcome<Suppression>.Refused($"suppression {id} was revoked by {suppression.RevokedBy} already");
        await CommitAsync(id, new SuppressionRevoked(id, by), await clock.NowAsync(cancellation), cancellation);
        return (await FindAsync(id, cancellation))!;
    }

    private static string? Limit(string what, TimeSpan length, TimeSpan longest) => length <= TimeSpan.Zero || length > longest
        ? $"{what} lasts at most {longest.TotalDays:0} days: nothing is silenced for good" : null;

    private async Task<IReadOnlyList<Incident>> HistoryAsync(string? deviceId, CancellationToken cancellation) =>
        (await reads.IncidentsAsync(new IncidentQuery { DeviceId = deviceId, Limit = Looked }, cancellation)).Items;

    private async Task<ActOutcome<Suppression>> AddAsync(
        Func<string, DateTimeOffset, DomainEvent> make, DateTimeOffset from, CancellationToken cancellation)
    {
        // The same act at the same time is the same suppression: sent twice, it is there once.
        var id = EventId.From(EventTypes.Serialize(make("", from)))[..12];
        await CommitAsync(id, make(id, from), from, cancellation);
        return (await FindAsync(id, cancellation))!;
    }

    private Task CommitAsync(string id, DomainEvent @event, DateTimeOffset at, CancellationToken cancellation)
    {
        var stream = Suppression.StreamOf(id);
        return store.CommitAsync(
            new Commit([new StreamAppend(stream, null, [new NewEvent(EventId.From($"{stream} {EventTypes.NameOf(@event)}"), @event, at)])]), cancellation);
    }

    private async Task<Suppression?> FindAsync(string id, CancellationToken cancellation) =>
        (await reads.SuppressionsAsync(null, cancellation)).FirstOrDefault(s => s.Id == id);
}
