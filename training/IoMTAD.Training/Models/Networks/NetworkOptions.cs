namespace IoMTAD.Training.Models.Networks;

/// <summary>How a network is trained.</summary>
/// <param name="LearningRate">Adam's, at the start.</param>
/// <param name="Batch">Rows per step.</param>
/// <param name="Threads">Changes the time alone: the network is the same to the bit on any number.</param>
/// <param name="Patience">Epochs without a better validation loss before training stops.</param>
/// <param name="Balance">Power of <see cref="LabelledVectors.ClassWeights"/>: 0 leaves classes as they are, 1 makes them count
/// alike.</param>
/// <param name="WeightDecay">Share of each weight taken off per step and unit of learning rate, apart from the gradient: AdamW (Loshchilov
/// and Hutter 2019). Biases do not decay.</param>
/// <param name="Ridge">λ of ½·λ·‖weights‖², which is added to the mean loss in learning; biases are left out.</param>
/// <param name="Smoothing">Share of a label spread over all classes, 0 to below 1.</param>
/// <param name="Dropout">Share of what enters each dense layer but the first layer that is dropped, 0 to below 1.</param>
/// <param name="Noise">Standard deviation of what is added to scaled inputs.</param>
internal sealed record NetworkOptions(
    int Seed = 1, int Epochs = 30, int Batch = 128, float LearningRate = 1e-3f, RateDecay Decay = RateDecay.Cosine, int Threads = 2,
    int Patience = 5, double Balance = 0, float WeightDecay = 0, float Ridge = 0, float Smoothing = 0, float Dropout = 0, float Noise = 0)
{
    /// <summary>Null, or why nothing can be trained so.</summary>
    public string? Fault =>
        Batch < 1 ? "a batch holds at least one row"
        : Smoothing is >= 0 and < 1 && Dropout is >= 0 and < 1 ? null : "smoothing and dropout are shares of 0 to below 1";

    /// <summary>The learning rate once a share of all steps is done.</summary>
    public float Rate(double done) => Decay switch
    {
        RateDecay.Linear => (float)(LearningRate * (1 - done)),
        RateDecay.Cosine => (float)(LearningRate * 0.5 * (1 + Math.Cos(Math.PI * done))),
        _ => LearningRate,
    };
}

/// <summary>How the learning rate falls, to zero at the last step.</summary>
internal enum RateDecay : byte
{
    None,
    Linear,
    Cosine,
}
