namespace IoMTAD.Features;

/// <summary>Takes one row of features, a value per column of its schema; valid during the call alone.</summary>
public delegate void FeatureRowHandler(ReadOnlySpan<double> row);
