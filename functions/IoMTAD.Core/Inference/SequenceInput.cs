using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>What of a sequence a predictor sees.</summary>
internal enum SequenceInput : byte
{
    /// <summary><see cref="SequenceStatistics"/> of the scaled rows, <c>[kind, padded feature]</c>.</summary>
    Statistics,

    /// <summary>The scaled rows themselves, <c>[step, padded feature]</c>, zeros beyond the sequence's end.</summary>
    Rows,

    /// <summary>As <see cref="Rows"/>, and after them one value: how many there are. For models that judge row by row, since a row of zeros
    /// may be live.</summary>
    CountedRows,
}

/// <summary>Makes the vectors of a <see cref="SequenceInput"/>. Training and inference both go through here, so they cannot differ.</summary>
internal static unsafe class SequenceInputs
{
    public static int Width(SequenceInput input, int padded, int maxSteps) =>
        input == SequenceInput.Statistics ? SequenceStatistics.Length(padded)
        : maxSteps * padded + (input == SequenceInput.CountedRows ? 1 : 0);

    public static void Read(SequenceInput input, ISequences sequences, int index, FeatureScaler scaler, Span<float> vector)
    {
        var (length, padded) = (sequences.Length(index), scaler.Padded);
        Span<float> rows = input == SequenceInput.Statistics ? stackalloc float[length * padded] : vector;
        for (var t = 0; t < length; t++) scaler.Apply(sequences.Step(index, t), rows.Slice(t * padded, padded));
        if (input == SequenceInput.Statistics)
        {
            fixed (float* from = rows, to = vector) SequenceStatistics.Compute(from, padded, length, padded, to);
            return;
        }
        rows[(length * padded)..].Clear();
        if (input == SequenceInput.CountedRows) vector[^1] = length;
    }
}
