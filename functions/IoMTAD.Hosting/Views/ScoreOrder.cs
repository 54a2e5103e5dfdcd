namespace IoMTAD.Hosting.Views;

/// <summary>Scores as numbers in the same order, for a database that knows no NaN: no score, then NaN, then from −∞ to +∞.</summary>
public static class ScoreOrder
{
    public const long None = long.MinValue;
    public const long NaN = long.MinValue + 1;

    public static long Of(double? score) => score switch
    {
        null => None,
        double.NaN => NaN,
        // The bits of a double sort like a whole number once a negative one's are turned round; adding 0 makes one zero of the two.
        { } s => BitConverter.DoubleToInt64Bits(s + 0d) is var bits && bits >= 0 ? bits : bits ^ long.MaxValue,
    };

    public static double? From(long order) => order switch
    {
        None => null,
        NaN => double.NaN,
        _ => BitConverter.Int64BitsToDouble(order >= 0 ? order : order ^ long.MaxValue),
    };
}
