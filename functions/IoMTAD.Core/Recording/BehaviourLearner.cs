using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Recording;

/// <summary>What can be learned from an incident, or the reason why nothing can.</summary>
public sealed record LearningResult(LearnedBehaviour? Behaviour, string? Refusal)
{
    public static LearningResult Refuse(string why) => new(null, why);
}

/// <summary>Makes a past incident's traffic a part of what is normal for its device, from the segments that were kept of it.</summary>
public sealed class BehaviourLearner(IEventStore store)
{
    private const int FewestSegments = 3;

    /// <summary>Learned behaviours of one device that may be active together; more is no device any more but a hole.</summary>
    public const int MostPerDevice = 5;

    /// <summary>Nothing is learned above this multiple of the device's own rate limit: floods stay strange, whoever calls them normal.</summary>
    private const double LargestRateFactor = 25;

    /// <summary>A silence limit grows to this multiple of the one that was learned at first.</summary>
    private const double LargestSilenceFactor = 10;

    private const double RateMargin = 1.5, ScoreMargin = 1.5, SilenceMargin = 2;

    /// <summary>Each feature's range grows by this part of its own width on both sides …</summary>
    private const double RangeMargin = 0.5;

    /// <summary>… and by at least a tenth of a share or of another quantity, or two thirds of one that is stored as a logarithm.</summary>
    private const double ShareMargin = 0.1, LogMargin = 0.5;

    public async Task<LearningResult> LearnAsync(Incident incident, CancellationToken cancellation = default)
    {
        if (incident.Disposition == Disposition.TrueAttack)
            return LearningResult.Refuse($"incident {incident.Id} was closed as an attack: what an attacker did is not learned");
        var baseline = await BaselineAsync(incident.Device, cancellation);
        if (incident.Kind == IncidentKind.SkippedTraffic)
            return LearningResult.Refuse($"incident {incident.Id} is about the traffic stream and no device: there is nothing to learn");
        return incident.Kind == IncidentKind.Silence
            ? await LearnSilenceAsync(incident, baseline, cancellation)
            : await LearnTrafficAsync(incident, baseline, cancellation);
    }

    private async Task<LearningResult> LearnTrafficAsync(Incident incident, BaselineLearned? baseline, CancellationToken cancellation)
    {
        LearnedBox? box = null;
        await foreach (var stored in store.ReadStreamAsync(Incident.StreamOf(incident.Id), 1, cancellation))
        {
            if (stored.Event is not AnomalyObserved observed || FeatureSchemas.Find(observed.Schema) is not { } schema) continue;
            if (await store.ReadEvidenceAsync(observed.Position, cancellation) is not { } evidence || !evidence.Holds(observed.SegmentSha256)) continue;
            box ??= new LearnedBox(schema);
            if (box.Schema == schema) box.Add(evidence.Segment, observed.Score);
        }
        if (box is null || box.Segments < FewestSegments)
            return LearningResult.Refuse(
                $"only {box?.Segments ?? 0} segments of incident {incident.Id} are kept as evidence, and {FewestSegments} are needed: "
                + "an allow rule can name what is harmless");
        if (baseline is not null && box.HighestRate > LargestRateFactor * baseline.RateLimit)
            return LearningResult.Refuse(string.Create(CultureInfo.InvariantCulture,
                $"the device sent up to {box.HighestRate:#,0} packets a second, more than {LargestRateFactor:0} times its limit of "
                + $"{baseline.RateLimit:0.#}: such traffic is never learned"));
        return new LearningResult(box.Conclude(), null);
    }

    private async Task<LearningResult> LearnSilenceAsync(Incident incident, BaselineLearned? baseline, CancellationToken cancellation)
    {
        if (baseline is null) return LearningResult.Refuse($"the rhythm of {incident.Device.Id} has not been learned yet");
        var silent = 0d;
        await foreach (var stored in store.ReadStreamAsync(Device.StreamOf(incident.Device), 1, cancellation))
            if (stored.OccurredAt >= incident.OpenedAt && stored.Event is DeviceResumed resumed)
            {
                silent = resumed.SilentSeconds;
                break;
            }
        if (silent == 0) return LearningResult.Refuse($"{incident.Device.Id} is still silent: how long a pause is normal shows when it talks again");
        var limit = SilenceMargin * silent;
        return limit > LargestSilenceFactor * baseline.SilenceLimitSeconds
            ? LearningResult.Refuse(string.Create(CultureInfo.InvariantCulture,
                $"a pause of {silent:0.#} s is more than {LargestSilenceFactor / SilenceMargin:0} times what was learned as the limit "
                + $"({baseline.SilenceLimitSeconds:0.#} s): such a silence is never learned"))
            : new LearningResult(new LearnedBehaviour("", [], [], 0, 0, 0) { SilenceLimitSeconds = limit }, null);
    }

    private async Task<BaselineLearned?> BaselineAsync(InventoryDevice device, CancellationToken cancellation)
    {
        BaselineLearned? latest = null;
        await foreach (var stored in store.ReadStreamAsync(Device.StreamOf(device), 1, cancellation))
            if (stored.Event is BaselineLearned learned) latest = learned;
        return latest;
    }

    /// <summary>The smallest box around the means of some segments.</summary>
    private sealed class LearnedBox(FeatureSchema schema)
    {
        private readonly SegmentMeans reader = new(schema);
        private readonly double[] low = [.. Enumerable.Repeat(double.PositiveInfinity, schema.ModelColumns.Count)];
        private readonly double[] high = [.. Enumerable.Repeat(double.NegativeInfinity, schema.ModelColumns.Count)];
        private double highestScore;

        public FeatureSchema Schema { get; } = schema;
        public int Segments { get; private set; }
        public double HighestRate { get; private set; }

        public void Add(Segment segment, double score)
        {
            if (reader.Read(segment) is not { } read) return;
            var means = read.Means;
            for (var i = 0; i < means.Length; i++) (low[i], high[i]) = (Math.Min(low[i], means[i]), Math.Max(high[i], means[i]));
            highestScore = Math.Max(highestScore, score);
            HighestRate = Math.Max(HighestRate, SegmentObservation.RateOf(read.Summary));
            Segments++;
        }

        public LearnedBehaviour Conclude()
        {
            var (wideLow, wideHigh) = (new float[low.Length], new float[low.Length]);
            for (var i = 0; i < low.Length; i++)
            {
                var margin = Math.Max(RangeMargin * (high[i] - low[i]), LeastMargin(Schema.ModelFeature(i), high[i]));
                (wideLow[i], wideHigh[i]) = ((float)(low[i] - margin), (float)(high[i] + margin));
            }
            return new LearnedBehaviour(Schema.Name, wideLow, wideHigh, ScoreMargin * highestScore, RateMargin * HighestRate, Segments);
        }

        private static double LeastMargin(FeatureColumn column, double high) => column switch
        {
            { Scale: FeatureScale.Log1P } => LogMargin,
            { Unit: "share" } => ShareMargin,
            _ => Math.Max(LogMargin, ShareMargin * Math.Abs(high)),
        };
    }
}
