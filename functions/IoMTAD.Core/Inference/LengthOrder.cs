using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>Orders sequences by falling length, equal ones as they came: a counting sort into a buffer that is reused.</summary>
internal sealed class LengthOrder
{
    private int[] lengths = [];
    private int[] order = [];
    private int[] starts = [];

    /// <returns>Indices of sequences, valid until the next call.</returns>
    public ReadOnlySpan<int> Sort(ISequences sequences)
    {
        if (lengths.Length < sequences.Count) lengths = new int[sequences.Count * 2];
        for (var i = 0; i < sequences.Count; i++) lengths[i] = sequences.Length(i);
        return Sort(lengths.AsSpan(0, sequences.Count), sequences.MaxSteps);
    }

    /// <returns>Indices into <paramref name="lengths"/>, valid until the next call.</returns>
    public ReadOnlySpan<int> Sort(ReadOnlySpan<int> lengths, int maxLength)
    {
        if (order.Length < lengths.Length) order = new int[lengths.Length * 2];
        if (starts.Length < maxLength + 2) starts = new int[maxLength + 2];
        Array.Clear(starts);
        foreach (var length in lengths) starts[maxLength - length + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        for (var i = 0; i < lengths.Length; i++) order[starts[maxLength - lengths[i]]++] = i;
        return order.AsSpan(0, lengths.Length);
    }
}
