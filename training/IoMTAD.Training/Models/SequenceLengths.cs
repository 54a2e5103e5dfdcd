using IoMTAD.Features;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Models;

/// <summary>Sequences of a range of lengths, as views.</summary>
internal static class SequenceLengths
{
    /// <summary>Where those of the range are fewer than <paramref name="wanted"/>, longer ones are cut to fill up.</summary>
    /// <param name="most">Evenly thinned to this many.</param>
    /// <returns>The sequences, and where each stands in the source.</returns>
    public static (ISequences Sequences, int[] Indices) OfLengths(this ISequences source, int shortest, int longest, int wanted, int most)
    {
        var (within, longer) = (new List<int>(), new List<int>());
        for (var i = 0; i < source.Count; i++)
        {
            if (source.Length(i) > longest) longer.Add(i);
            else if (source.Length(i) >= shortest) within.Add(i);
        }
        var taken = Math.Min(within.Count, most);
        var cut = Math.Max(0, Math.Min(longer.Count, wanted - taken));
        var (indices, lengths) = (new int[taken + cut], new int[taken + cut]);
        for (long i = 0; i < taken; i++)
        {
            indices[i] = within[(int)(i * within.Count / taken)];
            lengths[i] = source.Length(indices[i]);
        }
        for (long i = 0; i < cut; i++)
        {
            indices[taken + i] = longer[(int)(i * longer.Count / cut)];
            lengths[taken + i] = shortest + (int)(i % (longest - shortest + 1));
        }
        return (new SequenceSubset(source, indices, lengths), indices);
    }
}
