using System.Numerics;
using System.Runtime.InteropServices;

namespace IoMTAD.Training.Models;

/// <summary>Eigenvectors of a covariance matrix by one-sided Jacobi rotations (Hestenes 1958).</summary>
/// <remarks>For a positive semi-definite A the rotated rows end up as λ·v, so one matrix holds values and vectors.</remarks>
internal static class PrincipalAxes
{
    /// <param name="covariance"><c>[n, n]</c>, symmetric; destroyed.</param>
    /// <returns>Variance and unit axis, largest first; directions without variance are left out.</returns>
    public static List<(double Variance, double[] Axis)> Of(double[] covariance, int n)
    {
        var width = (n + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
        {
            rows[i] = new double[width];
            covariance.AsSpan(i * n, n).CopyTo(rows[i]);
        }
        var scale = rows.Max(r => Dot(r, r));
        for (var sweep = 0; sweep < 30; sweep++)
        {
            var rotated = false;
            for (var p = 0; p < n - 1; p++)
                for (var q = p + 1; q < n; q++)
                    rotated |= Rotate(rows[p], rows[q], scale * 1e-18);
            if (!rotated) break;
        }
        var axes = new List<(double, double[])>();
        foreach (var row in rows)
        {
            var variance = Math.Sqrt(Dot(row, row));
            if (variance > 1e-9) axes.Add((variance, Array.ConvertAll(row[..n], x => x / variance)));
        }
        axes.Sort((a, b) => b.Item1.CompareTo(a.Item1));
        return axes;
    }

    private static bool Rotate(double[] p, double[] q, double negligible)
    {
        double alpha = Dot(p, p), beta = Dot(q, q), gamma = Dot(p, q);
        if (Math.Abs(gamma) <= 1e-10 * Math.Sqrt(alpha * beta) || Math.Abs(gamma) <= negligible) return false;
        var zeta = (beta - alpha) / (2 * gamma);
        var t = (zeta >= 0 ? 1 : -1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        var c = 1 / Math.Sqrt(1 + t * t);
        Vector<double> cosine = new(c), sine = new(c * t);
        var pv = MemoryMarshal.Cast<double, Vector<double>>(p.AsSpan());
        var qv = MemoryMarshal.Cast<double, Vector<double>>(q.AsSpan());
        for (var i = 0; i < pv.Length; i++)
        {
            var (x, y) = (pv[i], qv[i]);
            pv[i] = cosine * x - sine * y;
            qv[i] = sine * x + cosine * y;
        }
        return true;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = Vector<double>.Zero;
        var x = MemoryMarshal.Cast<double, Vector<double>>(a.AsSpan());
        var y = MemoryMarshal.Cast<double, Vector<double>>(b.AsSpan());
        for (var i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return Vector.Sum(sum);
    }
}
