namespace IoMTAD.Functions.Capture;

/// <summary>How far the trigger's consumer group is in one partition.</summary>
/// <param name="Committed">The first record that was not committed; null where nothing was.</param>
/// <param name="Start">The oldest record that is kept.</param>
/// <param name="End">Where the next record will stand.</param>
public sealed record GroupOffsets(string Topic, int Partition, long? Committed, long Start, long End)
{
    /// <summary>Records that wait. What was dropped before it was read waits no more: the audit finds it once something after it is stored.</summary>
    public long Lag => Math.Max(0, End - Math.Max(Committed ?? Start, Start));
}
