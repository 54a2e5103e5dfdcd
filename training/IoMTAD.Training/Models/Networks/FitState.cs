using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Where training stands between two epochs: all that the epochs to come depend on, beside data and options.</summary>
internal sealed class FitState
{
    public FitState(NetworkShape shape, NetworkOptions options)
    {
        Network = NetworkInitialisation.Create(shape, options.Seed);
        Adam = new(shape.Length);
        Best = Network.Parameters.Span.ToArray();
        Patience = options.Patience;
    }

    public Network Network { get; }
    public AdamOptimizer Adam { get; }

    /// <summary>The parameters of the lowest validation loss; without validation, those of the last epoch.</summary>
    public float[] Best { get; }

    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>Epochs that may still pass without a better loss.</summary>
    public int Patience { get; set; }

    /// <summary>Epochs finished.</summary>
    public int Epochs { get; set; }
}
