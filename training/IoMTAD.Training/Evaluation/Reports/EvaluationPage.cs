namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>What a model is worth, as one HTML file for people: headline figures, curves, tables, and what each of them means. Nothing in
/// it comes from elsewhere, and the same details give the same bytes.</summary>
public static class EvaluationPage
{
    /// <summary>Parts for which there is no data are left out.</summary>
    public static string Render(EvaluationDetails details)
    {
        var report = details.Report;
        return Page.Render($"Evaluation of {report.Model}", $"Schema {report.Schema} · data {report.Data.Sha256[..Math.Min(12, report.Data.Sha256.Length)]}",
        [
            InShort.Of(details),
            .. DetectionSection.Of(details),
            .. ClassificationSection.Of(report.Classification),
            ImportanceSection.Of(details.Importance),
            DataSection.Of(report.Data, report.UnseenClasses),
        ]);
    }
}
