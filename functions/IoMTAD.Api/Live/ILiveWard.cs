using IoMTAD.Policy;

namespace IoMTAD.Api.Live;

/// <summary>The ward at one moment.</summary>
/// <param name="Clock">Traffic time; null before the first segment.</param>
/// <param name="Activity">What is going on, in a few words.</param>
/// <param name="Watching">Traffic is being watched; false where the record alone is shown.</param>
/// <param name="Threshold">The model's; 0 while there is none.</param>
/// <param name="PacketsPerSecond">Packets per second of time that the pipeline was at work.</param>
/// <param name="Gaps">Records that were skipped in the traffic since the watch began: nobody has scored them.</param>
/// <param name="Open">Open incidents by severity.</param>
/// <param name="Devices">In the order of their ids.</param>
/// <param name="Scores">Of all segments since the watch began.</param>
public sealed record WardSnapshot(
    DateTimeOffset? Clock, string Activity, bool Watching, double Threshold, long Packets, double PacketsPerSecond, long Gaps,
    IReadOnlyDictionary<Severity, int> Open, IReadOnlyList<DeviceState> Devices, ScoreDistribution? Scores);

/// <summary>Scores of the segments of a watch: what the threshold cuts.</summary>
/// <param name="Percentiles">Score by percentile: 50, 90, 99, 99.9.</param>
/// <param name="Expected">The same of traffic like that of the calibration: a score is −log₁₀ of the share of it that is as strange.</param>
/// <param name="ShareAboveTenth">Share of the segments above the score that a tenth of the calibration traffic exceeds: .1 where nothing has drifted.</param>
/// <param name="Strange">Segments above the threshold.</param>
public sealed record ScoreDistribution(
    IReadOnlyDictionary<string, double> Percentiles, IReadOnlyDictionary<string, double> Expected, double ShareAboveTenth, double Threshold, long Segments,
    long Strange);

/// <summary>What the host knows of the ward beside the record: who is heard, and how it scores.</summary>
public interface ILiveWard
{
    WardSnapshot Snapshot();
}
