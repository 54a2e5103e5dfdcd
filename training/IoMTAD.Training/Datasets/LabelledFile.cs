using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>One file of a dataset, read: rows of a CSV or segments of a capture, in its order.</summary>
/// <param name="Sha256">Of the file's bytes, lower-case hex.</param>
/// <param name="Skipped">Lines or segments that could not be read.</param>
public abstract record LabelledFile(string Path, string Label, FeatureSchema Schema, string Sha256, int Skipped)
{
    /// <summary>Rows or segments.</summary>
    public abstract int Count { get; }

    /// <summary>How long the traffic took; null where the file does not say, as the dataset's rows do not.</summary>
    public virtual double? Hours => null;

    /// <summary>Sequences that start at or after <paramref name="from"/> and end before <paramref name="to"/>; they never leave the
    /// file.</summary>
    /// <param name="stride">Rows from one sequence's start to the next: the sequence length for disjoint ones, less for overlapping ones.
    /// A segment is a sequence of its own, and is given once.</param>
    public abstract ISequences Sequences(int from, int to, int stride);

    /// <summary>All of the file as disjoint sequences.</summary>
    public ISequences Disjoint() => Sequences(0, Count, SequenceBatch.DefaultSteps);

    /// <summary>Recognises a row or segment that stands elsewhere too; 64 bits, so that among millions a false match is a
    /// one-in-a-million event.</summary>
    public abstract ulong Fingerprint(int index);
}
