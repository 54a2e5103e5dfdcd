using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Fits an autoencoder to benign sequences by Adam, and keeps the weights that were best on validation data.</summary>
internal sealed class AutoencoderFit
{
    private const int Shards = 4, ShardRows = 32, Batch = Shards * ShardRows;
    private const float ClipNorm = 1f;

    private readonly FeatureScaler scaler;
    private readonly Autoencoder net;
    private readonly TransposedWeights transposed;
    private readonly AutoencoderPass[] passes;
    private readonly AutoencoderGradient[] gradients;
    private readonly int[][] rows = new int[Shards][];
    private readonly int[] counts = new int[Shards];
    private readonly int[][] lengths = new int[Shards][];
    private readonly double[] losses = new double[Shards];
    private readonly LengthOrder lengthOrder = new();
    private readonly int[] batchLengths = new int[Batch];
    private ISequences? source;
    private bool learning;

    public AutoencoderFit(FeatureScaler scaler, AutoencoderShape shape, int maxSteps, int seed)
    {
        this.scaler = scaler;
        net = new(shape, new(shape.Length));
        transposed = new(shape);
        passes = new AutoencoderPass[Shards];
        gradients = new AutoencoderGradient[Shards];
        for (var i = 0; i < Shards; i++)
        {
            (passes[i], gradients[i]) = (new(shape, ShardRows, maxSteps), new(shape, ShardRows));
            (rows[i], lengths[i]) = (new int[ShardRows], new int[ShardRows]);
        }
        AutoencoderInitialisation.Fill(net, new Random(seed));
    }

    public Autoencoder Net => net;

    /// <param name="checkpoint">Of a run with the same data and options.</param>
    /// <returns>Best validation loss: mean squared error per scaled value.</returns>
    public double Run(
        ISequences train, ISequences validation, TrainingOptions options, ProgressMeter progress, FitCheckpoint checkpoint,
        CancellationToken cancel)
    {
        using var pool = new ShardPool(Shards, options.Threads, RunShard);
        var adam = new AdamOptimizer(net.Shape.Length);
        var order = new int[train.Count];
        var everything = Enumerable.Range(0, validation.Count).ToArray();
        var best = net.Parameters.Span.ToArray();
        var (epoch, patience, bestLoss) = (0, options.Patience, double.PositiveInfinity);
        checkpoint.TryRestore(3 * sizeof(int) + sizeof(double) + 4 * best.Length * sizeof(float), Restore);
        for (; epoch < options.Epochs && patience > 0 && !cancel.IsCancellationRequested; epoch++)
        {
            // The order depends on seed and epoch alone, so that a resumed run deals the same batches.
            for (var i = 0; i < order.Length; i++) order[i] = i;
            new Random(Mix(options.Seed, epoch)).Shuffle(order);
            var rate = options.LearningRate * (1 - 0.9f * epoch / options.Epochs);
            var loss = Epoch(pool, train, order, adam, rate, progress, cancel);
            var held = Epoch(pool, validation, everything, null, 0, null, CancellationToken.None);
            patience--;
            if (held < bestLoss)
            {
                (bestLoss, patience) = (held, options.Patience);
                net.Parameters.Span.CopyTo(best);
            }
            progress.Epoch(epoch + 1, loss, held);
            if (!cancel.IsCancellationRequested) checkpoint.Save(Save);
        }
        best.CopyTo(net.Parameters.Span);
        return bestLoss;

        void Save(BinaryWriter writer)
        {
            writer.Write(epoch + 1);
            writer.Write(patience);
            writer.Write(bestLoss);
            writer.Write(best.AsSpan());
            writer.Write(net.Parameters.Span);
            writer.Write(adam.Steps);
            writer.Write(adam.FirstMoment);
            writer.Write(adam.SecondMoment);
        }

        void Restore(BinaryReader reader)
        {
            (epoch, patience, bestLoss) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
            reader.Read(best.AsSpan());
            reader.Read(net.Parameters.Span);
            adam.Steps = reader.ReadInt32();
            reader.Read(adam.FirstMoment);
            reader.Read(adam.SecondMoment);
        }
    }

    private static int Mix(int seed, int epoch) => unchecked(seed * 1_000_003 + epoch);

    /// <summary>One sweep; without an optimiser it only measures.</summary>
    private double Epoch(
        ShardPool pool, ISequences data, int[] order, AdamOptimizer? adam, float rate, ProgressMeter? progress, CancellationToken cancel)
    {
        (source, learning) = (data, adam is not null);
        double sum = 0, terms = 0;
        for (var start = 0; start < order.Length && !cancel.IsCancellationRequested; start += Batch)
        {
            var batch = order.AsSpan(start, Math.Min(Batch, order.Length - start));
            var values = Deal(batch) * (double)net.Shape.Features;
            if (learning) transposed.Update(net);
            pool.Run();
            foreach (var loss in losses) sum += loss;
            terms += values;
            if (adam is not null) Update(adam, rate, values);
            progress?.Advance(batch.Length);
        }
        return sum / Math.Max(1, terms);
    }

    /// <summary>Deals a batch to the shards by turns, longest first, so that shards are alike; returns its steps.</summary>
    private int Deal(ReadOnlySpan<int> batch)
    {
        for (var i = 0; i < batch.Length; i++) batchLengths[i] = source!.Length(batch[i]);
        var sorted = lengthOrder.Sort(batchLengths.AsSpan(0, batch.Length), source!.MaxSteps);
        var steps = 0;
        Array.Clear(counts);
        for (var i = 0; i < sorted.Length; i++)
        {
            rows[i % Shards][counts[i % Shards]++] = batch[sorted[i]];
            steps += batchLengths[i];
        }
        return steps;
    }

    private void RunShard(int shard)
    {
        losses[shard] = 0;
        if (learning) gradients[shard].Sum.Span.Clear();
        if (counts[shard] == 0) return;
        SequenceViews.Load(source!, rows[shard].AsSpan(0, counts[shard]), passes[shard], scaler, lengths[shard]);
        passes[shard].Forward(net);
        losses[shard] = learning ? gradients[shard].Accumulate(passes[shard], transposed) : AutoencoderGradient.Loss(passes[shard]);
    }

    private void Update(AdamOptimizer adam, float rate, double values)
    {
        var sum = gradients[0].Sum.Span;
        for (var i = 1; i < Shards; i++) VectorMath.Add(sum, gradients[i].Sum.Span);
        var scale = 1 / values;
        var norm = Math.Sqrt(VectorMath.SquaredLength(sum)) * scale;
        if (norm > ClipNorm) scale *= ClipNorm / norm;
        adam.Step(net.Parameters.Span, sum, (float)scale, rate);
    }
}
