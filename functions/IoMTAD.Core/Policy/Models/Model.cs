namespace IoMTAD.Policy.Models;

/// <param name="Data">Where the training data came from, and its digest.</param>
public sealed record TrainingStarted(string Model, string Schema, string Data, int Seed) : DomainEvent;

public sealed record ModelTrained(string Model, string Version, string Schema, int Sequences, double ValidationLoss) : DomainEvent;

/// <param name="FalseAlarmRate">Share of benign validation sequences above the threshold that was asked for.</param>
public sealed record ThresholdTuned(string Model, string Version, double FalseAlarmRate, double Threshold, int BenignSequences) : DomainEvent;

/// <summary>What a model is worth on held-back data.</summary>
/// <param name="MacroAuc">Plain mean over attack classes.</param>
/// <param name="MacroRecallAt1Percent">The same of the share found when 1 % of the benign sequences raise an alarm.</param>
/// <param name="BenignFalseAlarmRate">Share of benign sequences above the model's own threshold.</param>
/// <param name="MacroF1">Of the classifier; null where the model has none.</param>
public sealed record ModelFigures(double MacroAuc, double MacroRecallAt1Percent, double BenignFalseAlarmRate, double? MacroF1 = null);

/// <summary>This version is the current one from now on.</summary>
/// <param name="Replaces">The version that was current; null for the first.</param>
public sealed record ModelPromoted(string Model, string Version, string? Replaces, string Reason) : DomainEvent
{
    /// <summary>Null where it was promoted without being measured.</summary>
    public ModelFigures? Figures { get; init; }

    /// <summary>Of the version that it replaces, on the same data; null where that was not measured.</summary>
    public ModelFigures? ReplacedFigures { get; init; }

    /// <summary>SHA-256 of the data that both were measured on.</summary>
    public string? DataSha256 { get; init; }
}

/// <summary>This version is no better than the current one, which stays; or a person had to want it, and did not.</summary>
/// <param name="Current">Null where none is in use.</param>
/// <param name="CurrentFigures">On the same data; null where none is in use.</param>
/// <param name="DataSha256">Of the data that both were measured on.</param>
public sealed record ModelRejected(
    string Model, string Version, string? Current, string Reason, ModelFigures Figures, ModelFigures? CurrentFigures, string DataSha256) : DomainEvent;

/// <summary>The version before is the current one again.</summary>
/// <param name="Replaces">The version that is given up.</param>
public sealed record ModelRolledBack(string Model, string Version, string Replaces, string Reason) : DomainEvent;

/// <summary>What its events make of a model: which of its versions is in use, and which was before.</summary>
/// <param name="InUse">Versions that were promoted and not rolled back, the current one last.</param>
/// <param name="Changes">How often that changed.</param>
public sealed record Model(string Name, IReadOnlyList<string> InUse, int Changes)
{
    public static Model New(string name) => new(name, [], 0);

    public string? Current => InUse.Count > 0 ? InUse[^1] : null;

    public string? Before => InUse.Count > 1 ? InUse[^2] : null;

    public static Model Apply(Model state, DomainEvent @event) => @event switch
    {
        ModelPromoted e => state with { InUse = [.. state.InUse, e.Version], Changes = state.Changes + 1 },
        ModelRolledBack => state with { InUse = [.. state.InUse.SkipLast(1)], Changes = state.Changes + 1 },
        _ => state,
    };

    public static string StreamOf(string name) => $"model-{name}";
}
