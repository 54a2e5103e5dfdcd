namespace IoMTAD.Training.Models.Trees;

/// <summary>What a split should gain, and what a leaf says. A criterion adds rows up into sums of a few channels; implementations are
/// structs, so that the innermost loops are compiled for each.</summary>
/// <typeparam name="TRow">What the criterion knows of a row.</typeparam>
internal unsafe interface ICriterion<TRow> where TRow : unmanaged
{
    /// <summary>Doubles that rows are added up into; a multiple of the vectors that <see cref="Accumulate"/> reads.</summary>
    int Channels { get; }

    void Add(double* sums, TRow row);

    /// <summary>Adds the sums of a bin to the sums of those left of a cut.</summary>
    void Accumulate(double* left, double* bin);

    /// <summary>Whether a node's rows differ, and are enough for two leaves.</summary>
    bool IsSplittable(double* sums);

    /// <summary>Worth of cutting a node in two, higher is better; minus infinity where a side is too light.</summary>
    double Worth(double* left, double* node);

    /// <summary>Worth of leaving the node whole, on the same scale.</summary>
    double Worth(double* node);

    /// <summary>Whether a split that gains nothing is better than none: it may let later ones gain.</summary>
    bool SplitsWithoutGain { get; }

    /// <param name="values">One per output, zeros at first.</param>
    void Leaf(ReadOnlySpan<double> sums, Span<float> values);
}
