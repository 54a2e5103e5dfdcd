using IoMTAD.Features;

namespace IoMTAD.Training.Models;

/// <summary>Copies of sequences, whole or cut short.</summary>
internal static class SequenceCopies
{
    public static SequenceBatch Copy(this ISequences source, int from, int to)
    {
        var result = new SequenceBatch(source.FeatureCount, source.MaxSteps);
        for (var i = from; i < to; i++) result.AddCopy(source, i, source.Length(i));
        return result;
    }

    /// <summary>Adds the first <paramref name="steps"/> steps of a sequence.</summary>
    public static void AddCopy(this SequenceBatch target, ISequences source, int sequence, int steps)
    {
        target.BeginSequence();
        for (var t = 0; t < steps; t++) source.Step(sequence, t).CopyTo(target.AddStep());
    }

    /// <summary>Sequences of a range of lengths; where those are fewer than <paramref name="wanted"/>, longer ones are cut to fill
    /// up.</summary>
    /// <param name="most">Evenly thinned to this many.</param>
    public static SequenceBatch OfLengths(this ISequences source, int shortest, int longest, int wanted, int most)
    {
        var within = new List<int>();
        var longer = new List<int>();
        for (var i = 0; i < source.Count; i++)
        {
            if (source.Length(i) > longest) longer.Add(i);
            else if (source.Length(i) >= shortest) within.Add(i);
        }
        var result = new SequenceBatch(source.FeatureCount, source.MaxSteps);
        var taken = Math.Min(within.Count, most);
        for (long i = 0; i < taken; i++)
        {
            var index = within[(int)(i * within.Count / taken)];
            result.AddCopy(source, index, source.Length(index));
        }
        var cut = Math.Min(longer.Count, wanted - taken);
        for (long i = 0; i < cut; i++)
            result.AddCopy(source, longer[(int)(i * longer.Count / cut)], shortest + (int)(i % (longest - shortest + 1)));
        return result;
    }
}
