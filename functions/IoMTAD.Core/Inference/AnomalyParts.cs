namespace IoMTAD.Inference;

/// <summary>All that scoring computes with; the threshold stands in the manifest.</summary>
/// <param name="Groups">By rising length; the last one takes the longest sequences.</param>
internal sealed record AnomalyParts(FeatureScaler Scaler, Autoencoder Autoencoder, IReadOnlyList<LengthGroup> Groups, FeatureRanges Ranges);
