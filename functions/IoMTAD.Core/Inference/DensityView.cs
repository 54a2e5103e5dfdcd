namespace IoMTAD.Inference;

/// <summary>One way to look at a sequence: a vector, whitened, judged by a mixture, its density turned into surprise.</summary>
/// <param name="Centres">What each component's members look like on average, standardised: <c>[components, inputs]</c>; explanations
/// compare with it.</param>
internal sealed record DensityView(Whitening Whitening, GaussianMixture Mixture, FloatBuffer Centres, TailCalibration Calibration);

/// <summary>The densities for sequences of at most <paramref name="MaxLength"/> steps, and longer than the group before.</summary>
/// <remarks>
/// Short sequences have degenerate spreads and long ones have not, so they are not compared: each length group has densities of its own.
/// </remarks>
/// <param name="Reconstruction">Over the autoencoder's code and log error.</param>
/// <param name="Spreads">Over <see cref="SequenceSpreads"/>.</param>
/// <param name="Joint">Calibrates the sum of both surprises.</param>
internal sealed record LengthGroup(int MaxLength, DensityView Reconstruction, DensityView Spreads, TailCalibration Joint);
