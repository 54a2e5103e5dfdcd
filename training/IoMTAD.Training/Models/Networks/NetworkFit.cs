using System.Diagnostics.CodeAnalysis;
using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>What came of a run.</summary>
/// <param name="Epochs">Finished.</param>
/// <param name="Loss">The best on validation data; infinite where there was none.</param>
internal sealed record FittedNetwork(Network Network, int Epochs, double Loss);

/// <summary>Fits a network by Adam and keeps the parameters that were best on validation data. The result depends on data and options alone,
/// to the bit: not on threads, nor on where a run was broken off and taken up.</summary>
internal sealed class NetworkFit
{
    private const int MostShards = 4, FewestRows = 16;
    private const int OrderPurpose = 0;

    private readonly NetworkOptions options;
    private readonly FitData train;
    private readonly FitData? validation;
    private readonly FitState state;
    private readonly NetworkTransposes transposes;
    private readonly NetworkShard[] shards;
    private readonly byte[] identity;
    private readonly int[] order;
    private FitData? source;
    private bool learning;

    public NetworkFit(NetworkShape shape, NetworkOptions options, FitData train, FitData? validation)
    {
        if (options.Batch < 1) throw new ArgumentException("A batch holds at least one row.", nameof(options));
        if (train.Loss.Fault(shape) is { } fault) throw new ArgumentException(fault, nameof(shape));
        if (train.Vectors.Width != shape.Input.Size)
            throw new ArgumentException($"Vectors of {train.Vectors.Width} do not fit {shape.Input}.", nameof(train));
        (this.options, this.train, this.validation) = (options, train, validation);
        state = new(shape, options);
        transposes = new(shape);
        // Shards are cut by the batch's size alone: small batches would only lose by more of them.
        var count = Math.Clamp(options.Batch / FewestRows, 1, MostShards);
        shards = new NetworkShard[count];
        for (var i = 0; i < count; i++) shards[i] = new(shape, options, Share(options.Batch));
        identity = NetworkCheckpoint.Identity(shape, options, train, validation);
        order = new int[Math.Max(train.Vectors.Count, validation?.Vectors.Count ?? 0)];
    }

    public static NetworkFit Classifier(NetworkShape shape, NetworkOptions options, LabelledVectors train, LabelledVectors? validation)
    {
        var weights = train.ClassWeights(options.Balance);
        return new(shape, options, Data(train)!, Data(validation));

        FitData? Data(LabelledVectors? data) =>
            data is null ? null : new(data.Vectors, new CrossEntropyLoss(data.Labels, weights, options.Smoothing));
    }

    /// <param name="shape">Of a network whose last layer gives back its input, such as <see cref="NetworkPresets.DenseAutoencoder"/>.</param>
    public static NetworkFit Reconstruction(NetworkShape shape, NetworkOptions options, IVectors train, IVectors? validation)
    {
        var loss = new ReconstructionLoss(shape.Input);
        return new(shape, options, new(train, loss), validation is null ? null : new(validation, loss));
    }

    /// <summary>Goes on from a checkpoint of a run of the same shape, data and options; to be called before <see cref="Run"/>.</summary>
    public bool TryRestore(ReadOnlySpan<byte> checkpoint, [NotNullWhen(false)] out string? error) =>
        NetworkCheckpoint.TryRead(checkpoint, state, identity, out error);

    /// <param name="save">Given a checkpoint after every epoch.</param>
    /// <param name="cancel">Drops the epoch that it falls into; what was best before is returned.</param>
    public FittedNetwork Run(
        ProgressMeter? progress = null, Action<ReadOnlyMemory<byte>>? save = null, CancellationToken cancel = default)
    {
        using var pool = new ShardPool(shards.Length, options.Threads, RunShard);
        while (state.Epochs < options.Epochs && state.Patience > 0)
        {
            var loss = Learn(pool, progress, cancel);
            if (cancel.IsCancellationRequested) break;
            var held = validation is null ? double.NaN : Measure(pool, validation);
            Judge(held);
            progress?.Epoch(state.Epochs, loss, held);
            save?.Invoke(NetworkCheckpoint.Write(state, identity));
        }
        // Cancelled in the first epoch, the little that was learnt is better than nothing.
        if (state.Epochs == 0) state.Network.Parameters.Span.CopyTo(state.Best);
        return new(new(state.Network.Shape, new(state.Best)), state.Epochs, state.BestLoss);
    }

    private void Judge(double held)
    {
        state.Epochs++;
        if (validation is not null) state.Patience--;
        if (validation is not null && !(held < state.BestLoss)) return;
        state.Network.Parameters.Span.CopyTo(state.Best);
        if (validation is not null) (state.BestLoss, state.Patience) = (held, options.Patience);
    }

    private double Learn(ShardPool pool, ProgressMeter? progress, CancellationToken cancel)
    {
        var count = train.Vectors.Count;
        (source, learning) = (train, true);
        FillOrder(count);
        new Random((int)new SeededStream(options.Seed, state.Epochs, 0, OrderPurpose).Next()).Shuffle(order.AsSpan(0, count));
        var sum = 0.0;
        for (var start = 0; start < count && !cancel.IsCancellationRequested; start += options.Batch)
        {
            var size = Deal(start, count);
            transposes.Update(state.Network);
            sum += RunBatch(pool);
            Update(size, options.Rate((state.Epochs + (double)start / count) / options.Epochs));
            progress?.Advance(size);
        }
        return sum / Math.Max(1, count);
    }

    private double Measure(ShardPool pool, FitData data)
    {
        var count = data.Vectors.Count;
        (source, learning) = (data, false);
        FillOrder(count);
        var sum = 0.0;
        for (var start = 0; start < count; start += options.Batch)
        {
            Deal(start, count);
            sum += RunBatch(pool);
        }
        return sum / Math.Max(1, count);
    }

    private void FillOrder(int count)
    {
        for (var i = 0; i < count; i++) order[i] = i;
    }

    private int Share(int batch) => (batch + shards.Length - 1) / shards.Length;

    private int Deal(int start, int count)
    {
        var size = Math.Min(options.Batch, count - start);
        var share = Share(size);
        for (var i = 0; i < shards.Length; i++)
        {
            var from = Math.Min(size, i * share);
            shards[i].Rows = new(order, start + from, Math.Min(share, size - from));
        }
        return size;
    }

    private double RunBatch(ShardPool pool)
    {
        pool.Run();
        var sum = 0.0;
        foreach (var shard in shards) sum += shard.Loss;
        return sum;
    }

    private void RunShard(int shard)
    {
        if (learning) shards[shard].Learn(state.Network, transposes, source!, state.Epochs);
        else shards[shard].Measure(state.Network, source!);
    }

    private void Update(int rows, float rate)
    {
        var sum = shards[0].Gradient;
        for (var i = 1; i < shards.Length; i++) VectorMath.Add(sum, shards[i].Gradient);
        var parameters = state.Network.Parameters.Span;
        foreach (var layer in state.Network.Shape.Layers)
        {
            var weights = parameters.Slice(layer.Weights, layer.WeightCount);
            if (options.Ridge > 0) VectorMath.AddScaled(sum.Slice(layer.Weights, layer.WeightCount), weights, options.Ridge * rows);
            if (options.WeightDecay > 0) VectorMath.Scale(weights, 1 - rate * options.WeightDecay);
        }
        state.Adam.Step(parameters, sum, 1f / rows, rate);
    }
}
