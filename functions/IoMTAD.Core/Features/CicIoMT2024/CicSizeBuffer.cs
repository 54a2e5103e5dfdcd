namespace IoMTAD.Features;

/// <summary>The buffer of 20 frame lengths behind the dataset's size columns, with all its quirks.</summary>
/// <remarks>
/// Position k runs from 1 to 20 over all packets, whatever their flow. The 20th empties the buffer and never enters the
/// "two streams" (which are one: both hold every length), so those stand at 19 values there.
/// </remarks>
internal struct CicSizeBuffer
{
    private const int Length = 20;

    private int position;
    private long sum;
    private long squares;
    private int min;
    private int max;

    /// <summary>True where this packet emptied the buffer.</summary>
    public bool Add(int length, Span<double> record)
    {
        var (streamed, streamedSum, streamedSquares) = (position, sum, squares);
        position++;
        sum += length;
        squares += (long)length * length;
        min = position == 1 ? length : Math.Min(min, length);
        max = position == 1 ? length : Math.Max(max, length);
        if (position < Length) (streamed, streamedSum, streamedSquares) = (position, sum, squares);

        var variance = Variance(streamed, streamedSum, streamedSquares);
        record[V1Column.TotSum] = sum;
        record[V1Column.Min] = min;
        record[V1Column.Max] = max;
        record[V1Column.Avg] = (double)sum / position;
        record[V1Column.Std] = Math.Sqrt(Variance(position, sum, squares));
        record[V1Column.TotSize] = length;
        record[V1Column.Number] = position % Length;
        record[V1Column.Magnitue] = Math.Sqrt(2.0 * streamedSum / streamed);
        record[V1Column.Radius] = Math.Sqrt(2 * variance);
        record[V1Column.Covariance] = variance;
        record[V1Column.Variance] = variance > 0 ? 1 : 0;
        record[V1Column.Weight] = (double)streamed * streamed;
        if (position < Length) return false;
        this = default;
        return true;
    }

    /// <summary>Of the population; from whole numbers, so that equal lengths give exactly 0.</summary>
    private static double Variance(int count, long sum, long squares) => (count * squares - sum * sum) / ((double)count * count);
}
