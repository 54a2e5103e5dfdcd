namespace IoMTAD.Training.Evaluation;

/// <summary>How one attack class is told from benign traffic.</summary>
/// <param name="Seen">The training data held this class too.</param>
/// <param name="AveragePrecision">Against all benign test sequences; it depends on how many there are of each.</param>
/// <param name="RecallAt01Percent">Share found when the threshold lets 0.1 % of the benign test sequences through.</param>
/// <param name="RecallAt1Percent">The same at 1 %.</param>
/// <param name="RecallAt5Percent">The same at 5 %.</param>
/// <param name="RecallAtThreshold">Share found at the model's own threshold.</param>
public sealed record ClassDetection(
    string Label, int Sequences, bool Seen, double Auc, double AveragePrecision, double RecallAt01Percent, double RecallAt1Percent,
    double RecallAt5Percent, double RecallAtThreshold, Interval AucInterval, Interval RecallAt1PercentInterval);

/// <summary>How attacks are told from benign traffic; macro figures are plain means over attack classes.</summary>
/// <param name="BenignFalseAlarmRate">Share of benign test sequences above the model's own threshold.</param>
/// <param name="FalseAlarmsPerHour">Of benign traffic; null where the data carries no time, as the dataset's rows do not.</param>
public sealed record DetectionResult(
    double MacroAuc, double MacroAveragePrecision, double MacroRecallAt01Percent, double MacroRecallAt1Percent, double MacroRecallAt5Percent,
    double MacroRecallAtThreshold, double BenignFalseAlarmRate, double? FalseAlarmsPerHour, double Threshold, int BenignSequences,
    Interval MacroAucInterval, Interval MacroRecallAt1PercentInterval, Interval BenignFalseAlarmRateInterval,
    IReadOnlyList<ClassDetection> PerClass);
