using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>What of a sequence the density judges beside its reconstruction, per scaled feature: mean, standard deviation, and the logarithms of
/// standard deviation and mean absolute step.</summary>
/// <remarks>Logarithms tell a spread that is a tenth of the normal one from a normal one: traffic that is too even is strange too. Made from
/// <see cref="SequenceStatistics"/>.</remarks>
internal static unsafe class SequenceSpreads
{
    public const int Kinds = 4;

    /// <summary>Spreads far below this are all alike, and what the logarithm is scaled by, so that it varies about as the others do.</summary>
    public const float Floor = 0.05f, LogScale = 0.7f;

    public static int Length(int padded) => Kinds * padded;

    /// <param name="statistics"><see cref="SequenceStatistics"/> of the sequence.</param>
    /// <param name="result"><c>[kind, padded]</c></param>
    public static void Compute(float* statistics, int padded, float* result)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(statistics, padded, result);
        else Run<Lanes256, Vector256<float>>(statistics, padded, result);
    }

    private static void Run<L, V>(float* statistics, int padded, float* result) where L : struct, ILanes<V> where V : struct
    {
        V floor = L.Broadcast(Floor), scale = L.Broadcast(LogScale);
        for (var j = 0; j < padded; j += L.Count)
        {
            V deviation = L.Load(statistics + padded + j), step = L.Load(statistics + 4 * padded + j);
            L.Store(result + j, L.Load(statistics + j));
            L.Store(result + padded + j, deviation);
            L.Store(result + 2 * padded + j, L.Multiply(scale, L.Log(L.Add(deviation, floor))));
            L.Store(result + 3 * padded + j, L.Multiply(scale, L.Log(L.Add(step, floor))));
        }
    }
}
