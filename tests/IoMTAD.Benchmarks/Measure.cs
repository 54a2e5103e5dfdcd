using System.Diagnostics;

namespace IoMTAD.Benchmarks;

/// <summary>Several measurements of one thing.</summary>
/// <param name="AllocatedPerItem">Bytes allocated by the measuring thread, per item.</param>
internal readonly record struct Sample(double Median, double Low, double High, double AllocatedPerItem)
{
    public static Sample Of(IEnumerable<double> values, double allocatedPerItem = double.NaN)
    {
        var sorted = values.Order().ToArray();
        return new(sorted[sorted.Length / 2], sorted[0], sorted[^1], allocatedPerItem);
    }

    /// <summary>The same measurement in another unit; bytes stay per item of the old one.</summary>
    public Sample Times(double factor) => new(Median * factor, Low * factor, High * factor, AllocatedPerItem);
}

internal static class Measure
{
    /// <summary>Items per second of one thread: warm-up, then repetitions of a fixed least time.</summary>
    /// <param name="work">Does a fair amount of work and returns how many items that was.</param>
    public static Sample Throughput(Settings settings, Func<long> work)
    {
        Repeat(settings.WarmUp, work, out _);
        GC.Collect();
        var rates = new double[settings.Repetitions];
        var (items, before) = (0L, GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < rates.Length; i++)
        {
            var seconds = Repeat(settings.Repetition, work, out var done);
            rates[i] = done / seconds;
            items += done;
        }
        return Sample.Of(rates, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)items);
    }

    private static double Repeat(TimeSpan least, Func<long> work, out long items)
    {
        items = 0;
        var started = Stopwatch.GetTimestamp();
        do items += work();
        while (Stopwatch.GetElapsedTime(started) < least);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
