namespace IoMTAD.Training.Models;

/// <summary>Cholesky factors.</summary>
internal static class LowerTriangle
{
    /// <param name="matrix"><c>[n, n]</c>, symmetric and positive definite.</param>
    /// <param name="logDeterminant">Of the matrix.</param>
    /// <returns>L⁻¹ where the matrix is L·Lᵀ; what lies above the diagonal is zero.</returns>
    public static double[] InverseFactor(double[] matrix, int n, out double logDeterminant)
    {
        var l = new double[n * n];
        logDeterminant = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i * n + j];
                for (var p = 0; p < j; p++) sum -= l[i * n + p] * l[j * n + p];
                l[i * n + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / l[j * n + j];
            }
            logDeterminant += 2 * Math.Log(l[i * n + i]);
        }
        var inverse = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var p = 0; p < i; p++)
            {
                var factor = l[i * n + p];
                for (var j = 0; j <= p; j++) inverse[i * n + j] -= factor * inverse[p * n + j];
            }
            for (var j = 0; j < i; j++) inverse[i * n + j] /= l[i * n + i];
            inverse[i * n + i] = 1 / l[i * n + i];
        }
        return inverse;
    }
}
