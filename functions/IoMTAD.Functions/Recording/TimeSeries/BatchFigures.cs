namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>What is known of a batch beside its result.</summary>
/// <param name="Took">From its arrival until it was stored.</param>
/// <param name="Gaps">Records of its partition that were passed over before it.</param>
/// <param name="Unreadable">Records that were no segment.</param>
public readonly record struct BatchFigures(TimeSpan Took, long Gaps, int Unreadable = 0);
