namespace IoMTAD.Tests;

/// <summary>What work allocates once it is warm.</summary>
internal static class Allocations
{
    private const int Runs = 20;

    /// <returns>Bytes of the least of several runs: the runtime itself now and then allocates on a thread, while it compiles anew what runs there.</returns>
    public static long Of(Action work)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
