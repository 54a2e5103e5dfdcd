namespace IoMTAD.Training.Models.Trees;

/// <summary>What a random forest may choose (Breiman 2001; random thresholds after Geurts et al. 2006).</summary>
/// <param name="Depth">Splits between root and leaf at most.</param>
/// <param name="MaxLeaves">Per tree; where it binds, the splits that gain most are made.</param>
/// <param name="FeaturesPerNode">Columns tried at each split; 0 is the square root of their number.</param>
/// <param name="MinLeafWeight">Weights of all vectors average 1.</param>
/// <param name="ClassBalance">Power of <see cref="LabelledVectors.ClassWeights"/>.</param>
/// <param name="Bootstrap">Each tree sees each vector a Poisson(1) number of times, else once.</param>
/// <param name="RandomThresholds">Cuts each column tried at one random place instead of the best.</param>
/// <param name="Threads">Changes the time alone: the trees are the same to the bit on any number.</param>
internal sealed record ForestOptions(
    int Trees = 100, int Depth = 16, int MaxLeaves = int.MaxValue, int FeaturesPerNode = 0, double MinLeafWeight = 0,
    double ClassBalance = 0, bool Bootstrap = true, bool RandomThresholds = false, int Seed = 1, int Threads = 2);

/// <summary>What gradient boosting may choose (Friedman 2001; subsampling 2002).</summary>
/// <param name="Rounds">In each, one tree per class is grown.</param>
/// <param name="RowShare">Share of the vectors that a round's trees are grown on.</param>
/// <param name="ColumnShare">Share of the columns that a tree may read.</param>
/// <param name="L2">Added to a leaf's curvature.</param>
/// <param name="MinCurvature">Least sum of second derivatives in a leaf.</param>
internal sealed record BoostingOptions(
    int Rounds = 100, int Depth = 6, int MaxLeaves = 31, double LearningRate = 0.1, double RowShare = 0.8, double ColumnShare = 0.8,
    double L2 = 1, double MinCurvature = 1, double ClassBalance = 0, int Seed = 1, int Threads = 2);

/// <summary>What AdaBoost may choose; the defaults are scikit-learn's.</summary>
/// <param name="Threads">Serve the binning alone: the rounds follow one another.</param>
internal sealed record AdaBoostOptions(
    int Rounds = 50, int Depth = 1, double LearningRate = 1, double ClassBalance = 0, int Seed = 1, int Threads = 2);

/// <summary>What an isolation forest may choose; the defaults are its authors'.</summary>
/// <param name="Sample">Vectors per tree.</param>
internal sealed record IsolationOptions(int Trees = 100, int Sample = 256, int Seed = 1, int Threads = 2);
