using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;

namespace IoMTAD;

/// <summary>One segment's way through the pipeline, for those who watch it live.</summary>
/// <param name="Score">Null where the segment was not scored.</param>
/// <param name="IsStrange">By the model or by the device's own rhythm.</param>
public readonly record struct SegmentOutcome(Segment Segment, SegmentSummary Summary, AnomalyScore? Score, bool IsStrange);

/// <summary>What a batch came to: what to store, what could not be read, what was seen.</summary>
/// <param name="Rejected">Segments of which nothing could be read: they go to the dead letters, byte for byte.</param>
public sealed record PipelineResult(Commit Commit, IReadOnlyList<SegmentOutcome> Outcomes, IReadOnlyList<(Segment Segment, string Fault)> Rejected)
{
    /// <summary>Of records among which there was no segment.</summary>
    public static PipelineResult Nothing(TrafficPosition last) =>
        new(new Commit([], new TrafficCheckpoint(last with { Offset = last.Offset + 1 }, [])), [], []);
}

/// <summary>The pipeline, from bytes to events, for one partition: the page to read first.</summary>
/// <remarks>
/// Segments in, events out; no clock, no files, no network. The same segments give the same events however they are cut into batches:
/// a crash, a replay or a scale-out loses and skews nothing.
/// </remarks>
/// <param name="scorer">Null while the baseline is being learned: devices are discovered and their rhythm learned, nothing is strange.</param>
public sealed class DetectionPipeline(
    IAnomalyScorer? scorer, FeatureSchema schema, DeviceInventory inventory, PolicyOptions options, IEnumerable<DeviceWatch> restored)
{
    /// <summary>More than are kept: those in which people see no difference are passed over.</summary>
    private const int Contributions = 24;

    /// <summary>Of each recorded anomaly.</summary>
    private const int PeersKept = 5;

    private readonly IAnomalyScorer? scorer = scorer;
    private readonly FeatureSchema schema = schema;
    private readonly SegmentReader reader = new(schema);
    private readonly SequenceBatch sequences = new(schema.ModelColumns.Count);
    private readonly DetectionPolicy policy = new(
        options, inventory, new ModelIdentity(scorer?.ModelVersion ?? "", schema.Name), restored);
    private readonly List<Evidence> evidence = [];
    // Of the call that goes on, and no longer: between batches the pipeline holds no traffic.
    private IReadOnlyList<Segment> batch = [];
    private AnomalyScore[] scores = [];

    /// <summary>What people have decided; may be replaced between batches.</summary>
    public StandingDecisions Standing
    {
        get => policy.Standing;
        set => policy.Standing = value;
    }

    /// <param name="segments">Of one partition, in the order of their offsets, at least one.</param>
    public PipelineResult Process(IReadOnlyList<Segment> segments)
    {
        batch = segments;
        var summaries = Extract(segments);                                  // Capture, Decoding, Features
        Score();                                                            // Inference
        var (decisions, outcomes) = Decide(segments, summaries);            // Policy
        var rejected = segments.Zip(summaries).Where(s => s.Second.Steps == 0).Select(s => (s.First, s.Second.Fault ?? "nothing readable")).ToList();
        batch = [];
        return new(Record(decisions, segments[^1].Position, Array.Exists(summaries, s => s.Steps > 0), outcomes), outcomes, rejected); // Recording
    }

    private SegmentSummary[] Extract(IReadOnlyList<Segment> segments)
    {
        sequences.Clear();
        var summaries = new SegmentSummary[segments.Count];
        for (var i = 0; i < segments.Count; i++) summaries[i] = Timed(segments[i], reader.Read(segments[i], sequences));
        return summaries;
    }

    /// <summary>Rows carry no time of their own: their record's stands for it.</summary>
    private static SegmentSummary Timed(Segment segment, SegmentSummary summary) => segment.Content == SegmentContent.Pcap
        ? summary
        : summary with { FirstNanoseconds = segment.RecordedNanoseconds, LastNanoseconds = segment.RecordedNanoseconds };

    private void Score()
    {
        if (scores.Length < sequences.Count) scores = new AnomalyScore[sequences.Count];
        scorer?.Score(sequences, scores.AsSpan(0, sequences.Count));
    }

    private (List<Decision> Decisions, SegmentOutcome[] Outcomes) Decide(IReadOnlyList<Segment> segments, SegmentSummary[] summaries)
    {
        List<Decision> decisions = [];
        var outcomes = new SegmentOutcome[segments.Count];
        var sequence = 0;
        for (var i = 0; i < segments.Count; i++)
        {
            var (segment, summary) = (segments[i], summaries[i]);
            AnomalyScore? score = summary.Steps > 0 && scorer is not null ? scores[sequence] : null;
            var strange = summary.Steps > 0 && policy.Observe(new SegmentObservation(
                segment.Device, segment.Position, summary.FirstNanoseconds, summary.LastNanoseconds, summary.Frames, score, ThresholdOf(segment)),
                new Content(this, i, sequence++), decisions);
            outcomes[i] = new SegmentOutcome(segment, summary, score, strange);
        }
        return (decisions, outcomes);
    }

    private float ThresholdOf(Segment segment) => scorer switch
    {
        null => 0,
        { KindThresholds.Count: 0 } => scorer.Threshold,
        _ => scorer.ThresholdOf(policy.DeviceOf(segment.Device).Kind),
    };

    private Commit Record(List<Decision> decisions, TrafficPosition last, bool heard, SegmentOutcome[] outcomes)
    {
        var (watches, forgotten) = policy.TakeChanges();
        var checkpoint = new TrafficCheckpoint(last with { Offset = last.Offset + 1 }, watches)
        {
            Forgotten = forgotten,
            Clock = heard ? TrafficTime.ToDate(policy.Clock) : null,
            Scores = scorer is null ? [] : ScoreCount.Of(outcomes, scorer.ModelVersion),
        };
        return new Commit([.. Appends(decisions)], checkpoint)
        {
            Evidence = TakeEvidence(),
        };
    }

    /// <summary>Decisions as they are stored: by stream, in their order.</summary>
    public static IEnumerable<StreamAppend> Appends(IEnumerable<Decision> decisions) =>
        decisions.GroupBy(d => d.Stream, StringComparer.Ordinal).Select(stream => new StreamAppend(
            stream.Key, ExpectedVersion: null, [.. stream.Select(d => new NewEvent(d.Id, d.Event, TrafficTime.ToDate(d.OccurredNanoseconds)))]));

    private Evidence[] TakeEvidence()
    {
        Evidence[] taken = [.. evidence];
        evidence.Clear();
        return taken;
    }

    /// <summary>One segment and its sequence, as long as the batch lasts.</summary>
    private sealed class Content(DetectionPipeline pipeline, int segment, int sequence) : ISegmentContent
    {
        public int Features => pipeline.sequences.FeatureCount;

        public void AddMeansTo(Span<double> sums) => pipeline.sequences.AddMeansTo(sequence, sums);

        public IReadOnlyList<string> Peers() => PeerAddresses.Find(pipeline.batch[segment], PeersKept);

        public AnomalyExplanation Explain(ReadOnlySpan<float> normal)
        {
            Span<FeatureContribution> contributions = stackalloc FeatureContribution[Contributions];
            var count = pipeline.scorer!.Explain(pipeline.sequences, sequence, contributions);
            var explanation = AnomalyExplanation.From(pipeline.schema, contributions[..count], normal, pipeline.sequences, sequence);
            return Suspected() is { } named ? explanation with { Suspected = named } : explanation;
        }

        /// <summary>What the classifier takes the sequence for; null without one, and where it takes it for benign: then a rule over the features
        /// may still know better.</summary>
        private SuspectedClass? Suspected()
        {
            if (pipeline.scorer?.Classifier is not { } classifier) return null;
            var probabilities = new float[classifier.Classes.Count];
            classifier.Classify(new OneSequence(pipeline.sequences, sequence), probabilities);
            return AttackNames.Find(classifier.Classes, probabilities);
        }

        public string Keep()
        {
            var kept = Evidence.Of(pipeline.batch[segment]);
            pipeline.evidence.Add(kept);
            return kept.Sha256;
        }
    }

    /// <summary>One sequence of a batch, for a classifier.</summary>
    private sealed class OneSequence(SequenceBatch batch, int sequence) : ISequences
    {
        public int FeatureCount => batch.FeatureCount;
        public int MaxSteps => batch.MaxSteps;
        public int Count => 1;

        public int Length(int index) => batch.Length(sequence);

        public ReadOnlySpan<float> Step(int index, int step) => batch.Step(sequence, step);
    }
}
