using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Weighted second moments of many rows, summed in single precision over short runs and in double precision over runs.</summary>
internal sealed unsafe class ScatterMatrix(int width)
{
    private const int Run = 128;
    private readonly FloatBuffer rows = new(Run * width);
    private readonly FloatBuffer partial = new(width * width);
    private readonly double[] sum = new double[width * width];
    private int pending;

    /// <summary><c>[width, width]</c>: Σ r·rᵀ of the rows added since the last clear.</summary>
    public double[] Sum
    {
        get
        {
            Flush();
            return sum;
        }
    }

    public void Clear()
    {
        pending = 0;
        Array.Clear(sum);
    }

    /// <summary>Space for the next row, to be filled before the next call.</summary>
    public Span<float> Add()
    {
        if (pending == Run) Flush();
        return rows.Span.Slice(pending++ * width, width);
    }

    private void Flush()
    {
        if (pending == 0) return;
        partial.Span.Clear();
        Gemm.MultiplyAdd(rows.Pointer, 1, width, rows.Pointer, width, partial.Pointer, width, width, width, pending);
        var values = partial.Span;
        for (var i = 0; i < sum.Length; i++) sum[i] += values[i];
        pending = 0;
    }
}
