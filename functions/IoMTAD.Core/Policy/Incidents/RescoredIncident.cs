namespace IoMTAD.Policy.Incidents;

/// <summary>What would become of a past incident under another model.</summary>
public enum RescoreVerdict
{
    StillOpens,

    FallsSilent,

    /// <summary>It was recorded before segments were kept, or what was kept is damaged.</summary>
    NoEvidence,

    /// <summary>The model takes features of another schema than the incident's segments.</summary>
    OtherSchema,

    /// <summary>A silence: no model has a part in it.</summary>
    NoModel,
}

/// <summary>One kept segment, scored again.</summary>
/// <param name="ByRate">The device sent more than it ever does, which is strange under any model.</param>
public readonly record struct RescoredSegment(double Score, bool AboveThreshold, bool ByRate)
{
    public bool IsStrange => AboveThreshold || ByRate;
}

/// <summary>A past incident, and what another model makes of the segments that were kept of it.</summary>
/// <param name="Versions">Of the models that recorded its anomalies.</param>
/// <param name="OldScore">The highest recorded, with <paramref name="OldThreshold"/>, the threshold of that moment.</param>
/// <param name="Segments">Those that could be scored, in their order.</param>
/// <param name="Recorded">Anomalies on record; of older ones no segment was kept.</param>
/// <param name="Damaged">Segments that are gone from the evidence, or are not those that were recorded.</param>
public sealed record RescoredIncident(
    Incident Incident, IReadOnlyList<string> Versions, double OldScore, double OldThreshold, IReadOnlyList<RescoredSegment> Segments, int Recorded,
    int Damaged, RescoreVerdict Verdict)
{
    public double? NewScore => Segments.Count > 0 ? Segments.Max(s => s.Score) : null;

    public int Strange => Segments.Count(s => s.IsStrange);

    /// <summary>Strange by the device's rate alone.</summary>
    public int ByRateAlone => Segments.Count(s => s.ByRate && !s.AboveThreshold);

    /// <summary>People found a true attack, and this model would miss it.</summary>
    public bool IsLostAttack => Verdict == RescoreVerdict.FallsSilent && Incident.Disposition == Disposition.TrueAttack;

    /// <summary>Whether the policy's N of M would open the incident on its kept segments.</summary>
    /// <remarks>
    /// Kept are the segment that opened it and at most one per second after that, not all between: N of M is asked of neighbours among the
    /// kept ones. Where fewer than N were kept, all of them have to be strange.
    /// </remarks>
    public static bool StillOpens(IReadOnlyList<RescoredSegment> segments, PolicyOptions options)
    {
        var needed = Math.Min(options.StrangeToOpen, segments.Count);
        for (var (last, strange) = (0, 0); last < segments.Count; last++)
        {
            if (segments[last].IsStrange) strange++;
            if (last >= options.OutOf && segments[last - options.OutOf].IsStrange) strange--;
            if (strange >= needed) return true;
        }
        return false;
    }
}
