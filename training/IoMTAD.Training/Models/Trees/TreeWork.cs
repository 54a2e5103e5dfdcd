namespace IoMTAD.Training.Models.Trees;

/// <summary>Grows trees that do not depend on one another, each on whichever thread is free.</summary>
internal static class TreeWork
{
    /// <summary>When cancelled, no further tree is begun; the first always is.</summary>
    /// <param name="workers">One per thread; no two trees use one at once.</param>
    /// <param name="grown">Called after each tree, by one thread at a time.</param>
    /// <returns>Trees by number; null where one was not begun.</returns>
    public static TTree?[] Run<TWorker, TTree>(
        int count, TWorker[] workers, Func<int, TWorker, TTree> grow, Action grown, CancellationToken cancel) where TTree : class
    {
        var trees = new TTree?[count];
        var next = -1;
        Parallel.For(0, workers.Length, new ParallelOptions { MaxDegreeOfParallelism = workers.Length }, thread =>
        {
            while (true)
            {
                var number = Interlocked.Increment(ref next);
                if (number >= count || (number > 0 && cancel.IsCancellationRequested)) return;
                trees[number] = grow(number, workers[thread]);
                lock (trees) grown();
            }
        });
        return trees;
    }
}
