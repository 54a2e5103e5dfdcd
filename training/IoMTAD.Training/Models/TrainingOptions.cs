namespace IoMTAD.Training.Models;

/// <summary>What a training run may choose.</summary>
/// <param name="Name">Of the model, as it stands in its version.</param>
/// <param name="FalseAlarmRate">Share of benign sequences above the threshold, 0–1.</param>
/// <param name="Hidden">Width of the LSTM states, a multiple of 16.</param>
/// <param name="Threads">Changes the time alone: the model is the same to the bit on any number.</param>
/// <param name="Patience">Epochs without a better validation loss before training stops.</param>
public sealed record TrainingOptions(
    string Name = "autoencoder",
    int Seed = 1,
    int Epochs = 30,
    int Hidden = 16,
    double FalseAlarmRate = 0.01,
    int Threads = 2,
    int Patience = 5,
    float LearningRate = 3e-3f)
{
    /// <summary>How the density over the autoencoder's code and error is fitted.</summary>
    internal DensityOptions Reconstruction { get; init; } = new(Ridge: 1, SmallestSpread: 0.05, SmallestAxis: 0.2);

    /// <summary>How the density over the sequence's spreads is fitted.</summary>
    internal DensityOptions Spreads { get; init; } = new(Ridge: 0.3f, SmallestSpread: 1, SmallestAxis: 0.5);
}

/// <param name="Ridge">Added to each whitened variance, so that no component closes in on what merely repeated itself in training.</param>
/// <param name="SmallestSpread">Inputs that vary less are not blown up to unit variance.</param>
/// <param name="SmallestAxis">The same for principal components.</param>
/// <param name="Components">Gaussians per mixture at most.</param>
/// <param name="Dimensions">Principal components kept at most, a multiple of 16.</param>
/// <param name="Sequences">At most this many are fitted per length group.</param>
internal sealed record DensityOptions(
    float Ridge, double SmallestSpread, double SmallestAxis, int Components = 12, int Dimensions = 96, int Sequences = 24_000,
    int Iterations = 40);
