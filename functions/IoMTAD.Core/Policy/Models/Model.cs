namespace IoMTAD.Policy.Models;

/// <param name="Data">Where the training data came from, and its digest.</param>
public sealed record TrainingStarted(string Model, string Schema, string Data, int Seed) : DomainEvent;

public sealed record ModelTrained(string Model, string Version, string Schema, int Sequences, double ValidationLoss) : DomainEvent;

/// <param name="FalseAlarmRate">Share of benign validation sequences above the threshold that was asked for.</param>
public sealed record ThresholdTuned(string Model, string Version, double FalseAlarmRate, double Threshold, int BenignSequences) : DomainEvent;

public sealed record ModelPromoted(string Model, string Version, string? Replaces, string Reason) : DomainEvent;

public static class Model
{
    public static string StreamOf(string name) => $"model-{name}";
}
