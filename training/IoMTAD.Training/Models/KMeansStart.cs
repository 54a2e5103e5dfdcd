using System.Numerics;
using System.Runtime.InteropServices;

namespace IoMTAD.Training.Models;

/// <summary>Where a mixture starts: k-means++ centres (Arthur and Vassilvitskii 2007) and a few rounds of Lloyd's algorithm.</summary>
internal sealed class KMeansStart(RowSet points, int clusters, Random random)
{
    private const int Rounds = 8;
    private readonly float[][] centres = new float[clusters][];
    private readonly int[] nearest = new int[points.Count];

    /// <param name="shares">One for the cluster that a point is in, zero for the others.</param>
    public void Assign(RowSet shares)
    {
        Seed();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < points.Count; i++) nearest[i] = Nearest(points[i]);
            Recentre();
        }
        for (var i = 0; i < points.Count; i++) shares[i][nearest[i]] = 1;
    }

    private void Seed()
    {
        var distances = new double[points.Count];
        Array.Fill(distances, double.PositiveInfinity);
        var chosen = random.Next(points.Count);
        for (var c = 0; c < clusters; c++)
        {
            centres[c] = points[chosen].ToArray();
            double total = 0;
            for (var i = 0; i < points.Count; i++) total += distances[i] = Math.Min(distances[i], Distance(points[i], centres[c]));
            var target = random.NextDouble() * total;
            chosen = 0;
            while (chosen < points.Count - 1 && (target -= distances[chosen]) > 0) chosen++;
        }
    }

    private int Nearest(ReadOnlySpan<float> point)
    {
        var (best, bestDistance) = (0, float.PositiveInfinity);
        for (var c = 0; c < clusters; c++)
        {
            var distance = Distance(point, centres[c]);
            if (distance < bestDistance) (best, bestDistance) = (c, distance);
        }
        return best;
    }

    private void Recentre()
    {
        var counts = new int[clusters];
        foreach (var c in nearest) counts[c]++;
        for (var c = 0; c < clusters; c++)
            if (counts[c] > 0) Array.Clear(centres[c]);
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var centre = centres[nearest[i]];
            for (var j = 0; j < centre.Length; j++) centre[j] += point[j] / counts[nearest[i]];
        }
    }

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var x = MemoryMarshal.Cast<float, Vector<float>>(a);
        var y = MemoryMarshal.Cast<float, Vector<float>>(b);
        for (var i = 0; i < x.Length; i++)
        {
            var difference = x[i] - y[i];
            sum += difference * difference;
        }
        return Vector.Sum(sum);
    }
}
