using IoMTAD.Capture;
using IoMTAD.Inference;

namespace IoMTAD.Recording;

/// <summary>How many segments of an hour a model scored within one bin: by these, newer traffic is compared with what the model learned.</summary>
/// <param name="Model">Version of the model.</param>
/// <param name="Hour">When the hour of traffic time begins.</param>
/// <param name="Bin">Of <see cref="ScoreBins"/>.</param>
/// <param name="Strange">Those among them that were above the threshold, or strange by the device's own rhythm.</param>
public sealed record ScoreCount(string Model, DateTimeOffset Hour, int Bin, long Segments, long Strange)
{
    private const long NanosecondsPerHour = 3_600_000_000_000;

    /// <summary>Counts what a batch was scored with; segments that were not scored do not count.</summary>
    public static IReadOnlyList<ScoreCount> Of(IReadOnlyList<SegmentOutcome> outcomes, string model)
    {
        // Almost always one hour: bins by the hour they belong to.
        var hours = new SortedDictionary<long, (long Segments, long Strange)[]>();
        foreach (var outcome in outcomes)
        {
            if (outcome.Score is not { } score || ScoreBins.Of(score.Score) is not { } bin) continue;
            var hour = outcome.Summary.LastNanoseconds / NanosecondsPerHour;
            if (!hours.TryGetValue(hour, out var bins)) hours[hour] = bins = new (long, long)[ScoreBins.Count];
            bins[bin].Segments++;
            if (outcome.IsStrange) bins[bin].Strange++;
        }
        return [.. hours.SelectMany(h => Enumerable.Range(0, ScoreBins.Count).Where(bin => h.Value[bin].Segments > 0).Select(bin =>
            new ScoreCount(model, TrafficTime.ToDate(h.Key * NanosecondsPerHour), bin, h.Value[bin].Segments, h.Value[bin].Strange)))];
    }
}
