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
        record[32] = sum;
        record[33] = min;
        record[34] = max;
        record[35] = (double)sum / position;
        record[36] = Math.Sqrt(Variance(position, sum, squares));
        record[37] = length;
        record[39] = position % Length;
        record[40] = Math.Sqrt(2.0 * streamedSum / streamed);
        record[41] = Math.Sqrt(2 * variance);
        record[42] = variance;
        record[43] = variance > 0 ? 1 : 0;
        record[44] = (double)streamed * streamed;
        if (position < Length) return false;
        this = default;
        return true;
    }

    /// <summary>Of the population; from whole numbers, so that equal lengths give exactly 0.</summary>
    private static double Variance(int count, long sum, long squares) => (count * squares - sum * sum) / ((double)count * count);
}
