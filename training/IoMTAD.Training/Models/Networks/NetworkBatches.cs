using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Runs data through a network batch by batch, each batch dealt to a fixed number of shards: losses and gradients are the same
/// bits on any number of threads.</summary>
internal sealed class NetworkBatches : IDisposable
{
    private const int MostShards = 4, FewestRows = 16;
    private const int Purpose = 0;

    private readonly Network network;
    private readonly NetworkOptions options;
    private readonly NetworkTransposes transposes;
    private readonly NetworkShard[] shards;
    private readonly ShardPool pool;
    private int[] order = [];
    private FitData? source;
    private bool learning;
    private int epoch;

    public NetworkBatches(Network network, NetworkOptions options)
    {
        (this.network, this.options) = (network, options);
        transposes = new(network.Shape);
        // Shards are cut by the batch's size alone: small batches would only lose by more of them.
        shards = new NetworkShard[Math.Clamp(options.Batch / FewestRows, 1, MostShards)];
        for (var i = 0; i < shards.Length; i++) shards[i] = new(network.Shape, options, Share(options.Batch));
        pool = new(shards.Length, options.Threads, RunShard);
    }

    public void Dispose() => pool.Dispose();

    /// <summary>One sweep over shuffled data.</summary>
    /// <param name="number">Of the epoch, from 0; with the seed, all that the order depends on.</param>
    /// <param name="update">Called after every batch with the gradient summed over its rows, their number, and the share of the epoch done
    /// before it; may change the network.</param>
    /// <returns>Mean loss over the rows, each as the network stood at its batch.</returns>
    public double Learn(FitData data, int number, BatchHandler update, CancellationToken cancel)
    {
        Begin(data, true);
        epoch = number;
        new Random((int)new SeededStream(options.Seed, number, 0, Purpose).Next()).Shuffle(order);
        var sum = 0.0;
        for (var start = 0; start < order.Length && !cancel.IsCancellationRequested; start += options.Batch)
        {
            transposes.Update(network);
            var rows = Deal(start);
            sum += Run();
            var gradient = shards[0].Gradient;
            for (var i = 1; i < shards.Length; i++) VectorMath.Add(gradient, shards[i].Gradient);
            update(gradient, rows, (double)start / order.Length);
        }
        return sum / Math.Max(1, order.Length);
    }

    /// <returns>Mean loss over the rows.</returns>
    public double Measure(FitData data)
    {
        Begin(data, false);
        var sum = 0.0;
        for (var start = 0; start < order.Length; start += options.Batch)
        {
            Deal(start);
            sum += Run();
        }
        return sum / Math.Max(1, order.Length);
    }

    private void Begin(FitData data, bool learn)
    {
        (source, learning) = (data, learn);
        if (order.Length != data.Vectors.Count) order = new int[data.Vectors.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
    }

    private int Share(int rows) => (rows + shards.Length - 1) / shards.Length;

    private int Deal(int start)
    {
        var rows = Math.Min(options.Batch, order.Length - start);
        var share = Share(rows);
        for (var i = 0; i < shards.Length; i++)
        {
            var from = Math.Min(rows, i * share);
            shards[i].Rows = new(order, start + from, Math.Min(share, rows - from));
        }
        return rows;
    }

    private double Run()
    {
        pool.Run();
        var sum = 0.0;
        foreach (var shard in shards) sum += shard.Loss;
        return sum;
    }

    private void RunShard(int shard)
    {
        if (learning) shards[shard].Learn(network, transposes, source!, epoch);
        else shards[shard].Measure(network, source!);
    }
}

internal delegate void BatchHandler(Span<float> gradient, int rows, double done);
