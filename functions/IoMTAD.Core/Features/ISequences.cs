namespace IoMTAD.Features;

/// <summary>Sequences of feature vectors, read at random: a batch, or a view of rows that lie elsewhere. Reading is safe on any number of
/// threads as long as nobody writes.</summary>
/// <remarks>Features are the schema's model columns (leaking ones already dropped), raw and unscaled: the scaler belongs to the
/// model.</remarks>
public interface ISequences
{
    int FeatureCount { get; }

    /// <summary>Steps of the longest sequence that can stand here.</summary>
    int MaxSteps { get; }

    int Count { get; }

    /// <summary>Steps of one sequence, 1 to <see cref="MaxSteps"/>.</summary>
    int Length(int sequence);

    /// <summary><see cref="FeatureCount"/> values.</summary>
    ReadOnlySpan<float> Step(int sequence, int step);
}
