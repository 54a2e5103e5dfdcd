using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>What of a sequence a predictor sees.</summary>
internal enum SequenceInput : byte
{
    /// <summary><see cref="SequenceStatistics"/> of the scaled rows, <c>[kind, padded feature]</c>.</summary>
    Statistics,

    /// <summary>The scaled rows themselves, <c>[step, padded feature]</c>, zeros beyond the sequence's end.</summary>
    Rows,
}

/// <summary>Makes the vectors of a <see cref="SequenceInput"/>. Training and inference both go through here, so they cannot differ.</summary>
internal static unsafe class SequenceInputs
{
    public static int Width(SequenceInput input, int padded, int maxSteps) =>
        input == SequenceInput.Rows ? maxSteps * padded : SequenceStatistics.Length(padded);

    public static void Read(SequenceInput input, ISequences sequences, int index, FeatureScaler scaler, Span<float> vector)
    {
        var (length, padded) = (sequences.Length(index), scaler.Padded);
        Span<float> rows = input == SequenceInput.Rows ? vector : stackalloc float[length * padded];
        for (var t = 0; t < length; t++) scaler.Apply(sequences.Step(index, t), rows.Slice(t * padded, padded));
        if (input == SequenceInput.Rows) rows[(length * padded)..].Clear();
        else
        {
            fixed (float* from = rows, to = vector) SequenceStatistics.Compute(from, padded, length, padded, to);
        }
    }
}
