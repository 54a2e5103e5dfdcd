namespace IoMTAD.Functions.Training;

/// <summary>What a run of training is asked for.</summary>
/// <param name="Model">Name of the model, its history and its versions.</param>
/// <param name="Data">Container and prefix of the dataset's blobs.</param>
/// <param name="FalseAlarmRate">Share of benign sequences above the threshold; null for what is usual for the data.</param>
/// <param name="Approval">How long a person may take to approve a promotion; null where none is asked.</param>
/// <param name="Cause">Why it runs, for people.</param>
public sealed record TrainingRequest(string Model, string Data, double? FalseAlarmRate, TimeSpan? Approval, string Cause)
{
    public int Seed { get; init; } = 1;

    /// <summary>Epochs at most.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>How long a step that failed rests before it is tried again; twice as long the next time.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(30);
}

/// <param name="At">When the run began: all that it records happened then, however often a step is done.</param>
public sealed record TrainingStart(TrainingRequest Request, DateTimeOffset At);

/// <summary>A run whose data has been seen: what its steps are told. What they make lies in the step results, under digests of this.</summary>
/// <param name="DataSha256">Of the dataset; steps refuse other data.</param>
public sealed record TrainingPlan(TrainingRequest Request, string DataSha256, double FalseAlarmRate, DateTimeOffset At);

/// <param name="ApprovedBy">Null where nobody had to.</param>
public sealed record Promotion(TrainingPlan Plan, string? ApprovedBy);

public sealed record Rejection(TrainingPlan Plan, string Reason);

public enum Verdict
{
    Promoted,
    Rejected,

    /// <summary>The version is in use already.</summary>
    Unchanged,
}

/// <summary>What is to become, or became, of a version.</summary>
public sealed record TrainingOutcome(Verdict Verdict, string Version, string Reason);

/// <summary>A person's word on a promotion.</summary>
public sealed record Approval(bool Granted, string By);

public enum TrainingStep
{
    Prepare,
    Fit,
    Tune,
    Evaluate,
    Decide,
    Approval,
    Settle,
}

/// <summary>Where a run stands; Durable keeps it as the custom status.</summary>
/// <param name="Progress">Share of the steps that are done, 0–1.</param>
/// <param name="Proposed">What waits for a person; null while nothing does.</param>
public sealed record TrainingStatus(TrainingStep Step, double Progress, TrainingOutcome? Proposed = null);
