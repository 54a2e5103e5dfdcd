using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>What came of a run.</summary>
/// <param name="Epochs">Finished.</param>
/// <param name="Loss">The best on validation data; infinite where there was none.</param>
internal sealed record FittedNetwork(Network Network, int Epochs, double Loss);

/// <summary>Fits a network by Adam and keeps the parameters that were best on validation data. The result depends on data and options
/// alone, to the bit, not on threads.</summary>
internal sealed class NetworkFit
{
    private readonly NetworkOptions options;
    private readonly FitData train;
    private readonly FitData? validation;
    private readonly FitState state;

    private NetworkFit(NetworkShape shape, NetworkOptions options, FitData train, FitData? validation)
    {
        if ((options.Fault ?? train.Fault(shape) ?? validation?.Fault(shape)) is { } fault)
            throw new ArgumentException(fault, nameof(shape));
        (this.options, this.train, this.validation) = (options, train, validation);
        state = new(shape, options);
    }

    /// <exception cref="ArgumentException">Shape, options and data do not fit one another.</exception>
    public static NetworkFit Classifier(NetworkShape shape, NetworkOptions options, LabelledVectors train, LabelledVectors? validation)
    {
        var weights = train.ClassWeights(options.Balance);
        return new(shape, options, Data(train), validation is null ? null : Data(validation));

        FitData Data(LabelledVectors data) => new(data.Vectors, new CrossEntropyLoss(data.Labels, weights, options.Smoothing));
    }

    /// <param name="shape">Of a network whose last layer gives back its input, as <see cref="NetworkPresets.DenseAutoencoder"/>.</param>
    /// <exception cref="ArgumentException">Shape, options and data do not fit one another.</exception>
    public static NetworkFit Reconstruction(NetworkShape shape, NetworkOptions options, IVectors train, IVectors? validation)
    {
        var loss = new ReconstructionLoss(shape.Input);
        return new(shape, options, new(train, loss), validation is null ? null : new(validation, loss));
    }

    /// <summary>To be called once.</summary>
    /// <param name="cancel">Drops the epoch that it falls into; what was best before is returned.</param>
    public FittedNetwork Run(ProgressMeter? progress = null, CancellationToken cancel = default)
    {
        using var batches = new NetworkBatches(state.Network, options);
        while (state.Epochs < options.Epochs && state.Patience > 0 && !cancel.IsCancellationRequested)
        {
            var loss = batches.Learn(train, state.Epochs, Update, cancel);
            if (cancel.IsCancellationRequested) break;
            var held = validation is null ? double.NaN : batches.Measure(validation);
            Judge(held);
            progress?.Epoch(state.Epochs, loss, held);
        }
        // Cancelled in the first epoch, the little that was learnt is better than nothing.
        if (state.Epochs == 0) state.Network.Parameters.Span.CopyTo(state.Best);
        return new(new(state.Network.Shape, new(state.Best)), state.Epochs, state.BestLoss);

        void Update(Span<float> gradient, int rows, double done)
        {
            Step(gradient, rows, options.Rate((state.Epochs + done) / options.Epochs));
            progress?.Advance(rows);
        }
    }

    private void Judge(double held)
    {
        state.Epochs++;
        if (validation is not null)
        {
            state.Patience--;
            if (!(held < state.BestLoss)) return;
            (state.BestLoss, state.Patience) = (held, options.Patience);
        }
        state.Network.Parameters.Span.CopyTo(state.Best);
    }

    private void Step(Span<float> gradient, int rows, float rate)
    {
        var parameters = state.Network.Parameters.Span;
        foreach (var layer in state.Network.Shape.Layers)
        {
            var weights = parameters.Slice(layer.Weights, layer.WeightCount);
            if (options.Ridge > 0) VectorMath.AddScaled(gradient.Slice(layer.Weights, layer.WeightCount), weights, options.Ridge * rows);
            if (options.WeightDecay > 0) VectorMath.Scale(weights, 1 - rate * options.WeightDecay);
        }
        state.Adam.Step(parameters, gradient, 1f / rows, rate);
    }
}
