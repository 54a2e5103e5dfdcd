namespace IoMTAD.Training.Models;

/// <summary>Runs a fixed number of shards on a fixed number of threads; which thread takes which shard is fixed too.</summary>
/// <remarks>Work is cut by shard, never by thread, and results are added in shard order: the sums are the same bits on any number of
/// threads.</remarks>
internal sealed class ShardPool : IDisposable
{
    private readonly int shards;
    private readonly int threads;
    private readonly Barrier barrier;
    private readonly Action<int> work;
    private readonly Thread[] helpers;
    private volatile bool stopping;
    private volatile Exception? failure;

    /// <param name="work">Called with each shard's number.</param>
    public ShardPool(int shards, int threads, Action<int> work)
    {
        this.shards = shards;
        this.work = work;
        this.threads = Math.Clamp(threads, 1, shards);
        barrier = new Barrier(this.threads);
        helpers = new Thread[this.threads - 1];
        for (var i = 0; i < helpers.Length; i++)
        {
            var thread = i + 1;
            helpers[i] = new Thread(() => Help(thread)) { IsBackground = true, Name = $"training shard {thread}" };
            helpers[i].Start();
        }
    }

    /// <summary>Returns when all shards are done.</summary>
    public void Run()
    {
        barrier.SignalAndWait();
        RunShards(0);
        barrier.SignalAndWait();
        if (failure is { } e) throw new InvalidOperationException("A training shard failed.", e);
    }

    public void Dispose()
    {
        stopping = true;
        barrier.SignalAndWait();
        foreach (var helper in helpers) helper.Join();
        barrier.Dispose();
    }

    private void Help(int thread)
    {
        while (true)
        {
            barrier.SignalAndWait();
            if (stopping) return;
            RunShards(thread);
            barrier.SignalAndWait();
        }
    }

    // A failure must not leave the other threads waiting at the barrier: it is carried over and thrown by the caller's thread.
    private void RunShards(int thread)
    {
        try
        {
            for (var shard = thread; shard < shards; shard += threads) work(shard);
        }
        catch (Exception e)
        {
            failure = e;
        }
    }
}
