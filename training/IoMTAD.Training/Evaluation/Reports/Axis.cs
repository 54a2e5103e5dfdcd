namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>Where a value stands in a drawing.</summary>
/// <param name="Low">The value at <paramref name="From"/>; above zero where the axis is logarithmic.</param>
/// <param name="High">The value at <paramref name="To"/>.</param>
internal sealed record Axis(double Low, double High, double From, double To, bool Logarithmic = false)
{
    /// <summary>Values beyond the axis stand at its end, what is not a number at its start.</summary>
    public double At(double value)
    {
        if (double.IsNaN(value) || !(High > Low)) return From;
        var inside = Math.Clamp(value, Low, High);
        var share = Logarithmic ? Math.Log(inside / Low) / Math.Log(High / Low) : (inside - Low) / (High - Low);
        return From + share * (To - From);
    }

    /// <summary><paramref name="count"/> + 1 values that divide the axis evenly as it is drawn.</summary>
    public IEnumerable<double> Divide(int count) => Enumerable.Range(0, count + 1).Select(i =>
        Logarithmic ? Low * Math.Pow(High / Low, (double)i / count) : Low + (High - Low) * i / count);
}
