using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests;

public sealed class DetectionPipelineTests
{
    private static Gen<PipelineStory> Stories =>
        from steps in Gen.ListOf(
            from device in Gen.Choose(1, 3)
            from pause in Gen.Frequency((6, Gen.Choose(50, 900)), (1, Gen.Choose(4_000, 9_000)), (1, Gen.Constant(25_000)))
            from kind in Gen.Frequency((6, Gen.Constant(-1)), (4, Gen.Constant(-2)), (1, Gen.Choose(0, 9)))
            select (device, pause, kind), 90)
        select Tell(steps);

    [Fact]
    public void However_segments_are_batched_and_wherever_it_crashes_the_same_comes_of_them() => Prop.ForAll(
        Stories.ToArbitrary(), Gen.NonEmptyListOf(from n in Gen.Choose(1, 12) from crash in Gen.Elements(1, -1) select n * crash).ToArbitrary(),
        (story, batches) => story.Segments.Count == 0
            || PipelineStory.Tell(story.Segments, [.. batches]).Same(PipelineStory.Tell(story.Segments, story.Segments.Count)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Poison_is_reported_and_leaves_its_neighbours_as_they_would_be_without_it() => Prop.ForAll(Stories.ToArbitrary(), story =>
    {
        if (story.Segments.Count == 0) return true;
        var told = PipelineStory.Tell(story.Segments, 7);
        var poisoned = told.Rejected.Select(r => r.Offset).ToHashSet();
        var readable = story.Segments.Where(s => !poisoned.Contains(s.Position.Offset)).ToList();
        return told.Rejected.All(r => r.Fault.Length > 0)
            && (readable.Count == 0 || (told with { Rejected = [] }).Same(PipelineStory.Tell(readable, 7)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Every_kind_of_poison_is_rejected_by_its_own_reason()
    {
        var story = new PipelineStory();
        for (var kind = 0; kind < 5; kind++) story.Poison(device: 1, kind);

        var told = PipelineStory.Tell(story.Segments, 2);

        Assert.Equal([0, 1, 2, 3, 4], told.Rejected.Select(r => r.Offset));
        Assert.Equal(5, told.Rejected.Select(r => r.Fault).Where(f => f.Length > 5).Count());
        Assert.Empty(told.Events);
        Assert.Empty(told.Watches);
    }

    [Fact]
    public void A_device_is_discovered_learned_attacked_and_falls_silent_in_this_order()
    {
        var story = new PipelineStory();
        for (var second = 0; second < 12; second++) story.Talks(1, second).Talks(2, second + 0.5);
        for (var second = 12; second < 16; second++) story.Talks(1, second).Talks(2, second + 0.5, strange: true);
        for (var second = 16; second < 26; second++) story.Talks(1, second);

        Assert.Equal(
        [
            "device-monitor-01 DeviceDiscovered", "device-pump-01 DeviceDiscovered",
            "device-monitor-01 BaselineLearned", "device-pump-01 BaselineLearned",
            "incident IncidentOpened", "incident AnomalyObserved", "incident NotificationRequested", "incident AnomalyObserved",
            "device-pump-01 DeviceWentSilent", "incident IncidentOpened", "incident NotificationRequested",
        ], InTime(PipelineStory.Tell(story.Segments, 5)));
    }

    [Fact]
    public void The_commit_says_where_to_go_on_and_an_outcome_stands_for_each_segment()
    {
        var story = new PipelineStory().Talks(1, 0).Poison(1, 0).Talks(2, 1, strange: true).Poison(1, 1);

        var result = PipelineStory.Pipeline([]).Process(story.Segments);

        Assert.Equal(new TrafficPosition("t", 0, 4), result.Commit.Checkpoint!.Next);
        Assert.Equal([PipelineStory.Address(1), PipelineStory.Address(2)], result.Commit.Checkpoint.Watches.Select(w => w.Address).Order());
        Assert.Equal([false, false, true, false], result.Outcomes.Select(o => o.IsStrange));
        Assert.Equal([true, false, true, false], result.Outcomes.Select(o => o.Score is not null));
        Assert.Equal(story.Segments, result.Outcomes.Select(o => o.Segment));
    }

    [Fact]
    public void Without_a_model_devices_are_learned_and_nothing_is_strange()
    {
        var story = new PipelineStory();
        for (var second = 0; second < 12; second++) story.Talks(1, second, strange: true);
        var learning = new DetectionPipeline(null, new ScriptedScorer().Schema, PipelineStory.Inventory, PipelineStory.Policy, []);

        var result = learning.Process(story.Segments);

        Assert.All(result.Outcomes, o => Assert.Equal((null, false), (o.Score, o.IsStrange)));
        Assert.Equal(["DeviceDiscovered", "BaselineLearned"], result.Commit.Appends.SelectMany(a => a.Events).Select(e => e.Event.GetType().Name));
    }

    [Fact]
    public void The_explanation_is_of_the_segment_that_opened_the_incident()
    {
        var story = new PipelineStory();
        for (var second = 0; second < 3; second++) story.Talks(1, second).Talks(2, second + 0.5, strange: true);

        var observed = PipelineStory.Pipeline([]).Process(story.Segments).Commit.Appends.SelectMany(a => a.Events).Select(e => e.Event)
            .OfType<AnomalyObserved>().Single();

        Assert.Equal(story.Segments[^1].Position, observed.Position);
        var feature = Assert.Single(observed.Features);
        Assert.Equal(("size_mean", 942), (feature.Name, Math.Round(feature.Observed)));
    }

    [Fact]
    public void The_segments_of_recorded_anomalies_and_no_others_are_kept_as_evidence()
    {
        var story = new PipelineStory();
        for (var second = 0; second < 5; second++) story.Talks(1, second).Talks(2, second + 0.5, strange: true);
        var pipeline = PipelineStory.Pipeline([]);

        var commits = story.Segments.Chunk(3).Select(batch => pipeline.Process(batch).Commit).ToList();

        Assert.All(commits, commit => Assert.Equal(
            commit.Appends.SelectMany(a => a.Events).Select(e => e.Event).OfType<AnomalyObserved>().Select(e => (e.Position, e.SegmentSha256)),
            commit.Evidence.Select(e => (e.Segment.Position, (string?)e.Sha256))));
        var evidence = commits.SelectMany(c => c.Evidence).ToList();
        Assert.Equal([story.Segments[5], story.Segments[7], story.Segments[9]], evidence.Select(e => e.Segment));
        Assert.All(evidence, e => Assert.True(e.Holds(e.Sha256)));
    }

    [Fact]
    public void A_kind_of_device_may_have_a_threshold_of_its_own()
    {
        var story = new PipelineStory();
        for (var second = 0; second < 5; second++) story.Talks(1, second, strange: true).Talks(2, second + 0.5, strange: true);
        var scorer = new ScriptedScorer { KindThresholds = new Dictionary<string, float> { ["infusion-pump"] = 100 } };

        var result = new DetectionPipeline(scorer, scorer.Schema, PipelineStory.Inventory, PipelineStory.Policy, []).Process(story.Segments);

        Assert.All(result.Outcomes, o => Assert.Equal(o.Segment.Device == PipelineStory.Address(1), o.IsStrange));
        var observed = result.Commit.Appends.SelectMany(a => a.Events).Select(e => e.Event).OfType<AnomalyObserved>().First();
        Assert.Equal(scorer.Threshold, (float)observed.Threshold);
    }

    [Fact]
    public void What_a_kinds_own_threshold_finds_strange_is_recorded_with_that_threshold()
    {
        var story = new PipelineStory();
        for (var second = 0; second < 5; second++) story.Talks(1, second).Talks(2, second + 0.5);
        var scorer = new ScriptedScorer { KindThresholds = new Dictionary<string, float> { ["infusion-pump"] = 1.5f } };

        var result = new DetectionPipeline(scorer, scorer.Schema, PipelineStory.Inventory, PipelineStory.Policy, []).Process(story.Segments);

        Assert.All(result.Outcomes, o => Assert.Equal(o.Segment.Device == PipelineStory.Address(2), o.IsStrange));
        var observed = result.Commit.Appends.SelectMany(a => a.Events).Select(e => e.Event).OfType<AnomalyObserved>().ToList();
        Assert.NotEmpty(observed);
        Assert.All(observed, o => Assert.Equal(1.5, o.Threshold));
    }

    [Fact]
    public void Thresholds_of_kinds_allocate_nothing_for_a_quiet_segment_of_a_stranger()
    {
        var stranger = new PipelineStory().Talks(9, 0).Talks(9, 0.5).Segments;
        var pump = new Dictionary<string, float> { ["infusion-pump"] = 100 };

        Assert.Equal(Allocated(new ScriptedScorer()), Allocated(new ScriptedScorer { KindThresholds = pump }));

        long Allocated(ScriptedScorer scorer)
        {
            var pipeline = new DetectionPipeline(scorer, scorer.Schema, PipelineStory.Inventory, PipelineStory.Policy, []);
            return Allocations.Of(() => pipeline.Process(stranger));
        }
    }

    [Theory]
    [InlineData(0.9f, "DoS-SYN", 0.9)]
    [InlineData(0.2f, null, null)]
    public void A_classifier_names_what_is_recorded_unless_it_takes_it_for_benign(float attack, string? name, double? probability)
    {
        var story = new PipelineStory();
        for (var second = 0; second < 5; second++) story.Talks(1, second).Talks(2, second + 0.5, strange: true);
        var scorer = new ScriptedScorer { Classifier = new ScriptedClassifier(attack) };

        var result = new DetectionPipeline(scorer, scorer.Schema, PipelineStory.Inventory, PipelineStory.Policy, []).Process(story.Segments);

        var observed = result.Commit.Appends.SelectMany(a => a.Events).Select(e => e.Event).OfType<AnomalyObserved>().First();
        Assert.Equal((name, probability), (observed.Suspected?.Name, observed.Suspected?.Probability));
        Assert.Equal(name is not null, observed.Explanation.Contains("suspected DoS-SYN (90 %)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "UDP flood", null, "suspected UDP flood:")]
    [InlineData(0.2f, "UDP flood", null, "suspected UDP flood:")]
    [InlineData(0.83f, "DoS-SYN", 0.83, "suspected DoS-SYN (83 %):")]
    public void A_rule_names_an_anomaly_where_no_classifier_does(float? attack, string name, double? probability, string sentence)
    {
        var story = new PipelineStory();
        for (var second = 0; second < 5; second++) story.Floods(2, second);
        var scorer = new ScriptedScorer { Classifier = attack is { } share ? new ScriptedClassifier(share) : null };

        var result = new DetectionPipeline(scorer, scorer.Schema, PipelineStory.Inventory, PipelineStory.Policy, []).Process(story.Segments);

        var observed = result.Commit.Appends.SelectMany(a => a.Events).Select(e => e.Event).OfType<AnomalyObserved>().First();
        Assert.Equal(new SuspectedClass(name, probability, "T0814"), observed.Suspected);
        Assert.Contains(sentence, observed.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_classifier_is_asked_of_recorded_anomalies_alone()
    {
        var story = new PipelineStory();
        for (var second = 0; second < 5; second++) story.Talks(1, second).Talks(2, second + 0.5, strange: true);
        var classifier = new ScriptedClassifier(0.9f);
        var scorer = new ScriptedScorer { Classifier = classifier };

        var result = new DetectionPipeline(scorer, scorer.Schema, PipelineStory.Inventory, PipelineStory.Policy, []).Process(story.Segments);

        Assert.Equal(5, result.Outcomes.Count(o => o.IsStrange));
        Assert.Equal(3, classifier.Asked);
        Assert.Equal(3, result.Commit.Appends.SelectMany(a => a.Events).Count(e => e.Event is AnomalyObserved));
    }

    /// <summary>Says the same of every sequence.</summary>
    private sealed class ScriptedClassifier(float attack) : IClassifier
    {
        public int Asked { get; private set; }
        public FeatureSchema Schema => WindowSchema.Schema;
        public IReadOnlyList<string> Classes => ["Benign", "DoS-SYN"];

        public void Classify(ISequences batch, Span<float> probabilities)
        {
            Asked += batch.Count;
            for (var i = 0; i < batch.Count; i++) (probabilities[2 * i], probabilities[2 * i + 1]) = (1 - attack, attack);
        }
    }

    private static PipelineStory Tell(IEnumerable<(int Device, int Pause, int Kind)> steps)
    {
        var story = new PipelineStory();
        var milliseconds = 0;
        foreach (var (device, pause, kind) in steps)
        {
            milliseconds += pause;
            if (kind >= 0) story.Poison(device, kind);
            else story.Talks(device, milliseconds / 1e3, strange: kind == -2);
        }
        return story;
    }

    private static IEnumerable<string> InTime(StoryOutcome outcome) =>
        from parts in outcome.Events.Select(e => e.Split(' ')).OrderBy(parts => parts[3], StringComparer.Ordinal)
        let ofIncident = parts[0].StartsWith(Incident.StreamOf(""), StringComparison.Ordinal)
        select $"{(ofIncident ? "incident" : parts[0])} {parts[2]}";
}
