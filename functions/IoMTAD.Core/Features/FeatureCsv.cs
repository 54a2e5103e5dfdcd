using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace IoMTAD.Features;

/// <summary>
/// Writes feature rows as CSV, numbers in the shortest form that reads back the same, as Python and pandas print them: <c>0.0</c>,
/// <c>1e-05</c>, nothing for NaN.
/// </summary>
public static class FeatureCsv
{
    private const int LongestNumber = 32;

    public static void WriteHeader(FeatureSchema schema, IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.GetBytes(string.Join(',', schema.Columns.Select(column => column.Name))));
        output.Write("\n"u8);
    }

    /// <param name="whole">True for each column that is a whole number and is written without a fraction; null: none is.</param>
    public static void WriteRow<T>(ReadOnlySpan<T> row, IBufferWriter<byte> output, IReadOnlyList<bool>? whole = null)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var line = output.GetSpan(row.Length * (LongestNumber + 1));
        var length = 0;
        for (var i = 0; i < row.Length; i++)
        {
            if (i > 0) line[length++] = (byte)',';
            length += whole is not null && whole[i] ? FormatWhole(row[i], line[length..]) : Format(row[i], line[length..]);
        }
        line[length++] = (byte)'\n';
        output.Advance(length);
    }

    private static int FormatWhole<T>(T value, Span<byte> text)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        long.CreateSaturating(value).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    private static int Format<T>(T value, Span<byte> text)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsNaN(value)) return 0;
        if (T.IsInfinity(value)) return Copy(T.IsPositive(value) ? "inf"u8 : "-inf"u8, text);
        // Below 1e-4 both turn to exponents; the other end, Python's 1e16, is out of any feature's reach.
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        var number = text[..length];
        var exponent = number.IndexOf((byte)'E');
        if (exponent >= 0) number[exponent] = (byte)'e';
        else if (!number.Contains((byte)'.')) length += Copy(".0"u8, text[length..]);
        return length;
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> text)
    {
        source.CopyTo(text);
        return source.Length;
    }
}
