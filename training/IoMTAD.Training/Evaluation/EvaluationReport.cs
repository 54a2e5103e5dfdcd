using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Evaluation;

/// <summary>What a model is worth on given data.</summary>
/// <param name="UnseenClasses">Labels of the data that the training data did not hold: they count in detection alone.</param>
/// <param name="Detection">Null where the data holds no benign sequences, or nothing but them.</param>
/// <param name="Classification">Null where the model has no classifier, or the data no class that it knows.</param>
public sealed record EvaluationReport(
    string Model, string Schema, DetectionResult? Detection, ClassificationResult? Classification, IReadOnlyList<string> UnseenClasses, DataCard Data);
