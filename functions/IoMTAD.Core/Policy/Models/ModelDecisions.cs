using System.Globalization;

namespace IoMTAD.Policy.Models;

/// <summary>A version that wants to be the current one.</summary>
/// <param name="FalseAlarmRate">The rate that its threshold was tuned to.</param>
public sealed record ModelCandidate(string Version, double FalseAlarmRate);

/// <summary>Decides which version of a model is in use. Each answers null where nothing would change.</summary>
public static class ModelDecisions
{
    /// <summary>The first version is taken as it is; a later one only if it beats the current one on the same data.</summary>
    /// <param name="current">Of the version in use; null where there is none.</param>
    /// <param name="dataSha256">Of the data that both were measured on.</param>
    public static DomainEvent? Promote(Model state, ModelCandidate candidate, ModelFigures figures, ModelFigures? current, string dataSha256)
    {
        if (state.Current == candidate.Version) return null;
        if (state.Current is null)
            return new ModelPromoted(state.Name, candidate.Version, null, $"the first version: {Describe(figures)}")
            {
                Figures = figures, DataSha256 = dataSha256,
            };
        if (current is null) throw new ArgumentNullException(nameof(current), $"{state.Current} is in use, so its figures are needed.");
        var comparison = $"{Describe(figures)} against {Describe(current)} of {state.Current}";
        return Objection(candidate, figures, current) is { } objection
            ? new ModelRejected(state.Name, candidate.Version, state.Current, $"{objection}: {comparison}", figures, current, dataSha256)
            : new ModelPromoted(state.Name, candidate.Version, state.Current, $"better: {comparison}")
            {
                Figures = figures, ReplacedFigures = current, DataSha256 = dataSha256,
            };
    }

    /// <summary>A person wants it, whatever the figures say.</summary>
    /// <param name="measured">Figures of both versions and the digest of their data, where they were measured.</param>
    public static DomainEvent? PromoteAnyway(
        Model state, ModelCandidate candidate, string reason, (ModelFigures Figures, ModelFigures? Current, string DataSha256)? measured = null) =>
        state.Current == candidate.Version ? null : new ModelPromoted(state.Name, candidate.Version, state.Current, reason)
        {
            Figures = measured?.Figures, ReplacedFigures = measured?.Current, DataSha256 = measured?.DataSha256,
        };

    /// <summary>The same promotion, and who said yes to it.</summary>
    public static ModelPromoted Approve(ModelPromoted decision, string by) => decision with { Reason = $"approved by {by}; {decision.Reason}" };

    /// <summary>It is not taken, whatever the figures say.</summary>
    /// <param name="current">Of the version in use; null where there is none.</param>
    /// <param name="dataSha256">Of the data that both were measured on.</param>
    public static DomainEvent? Refuse(
        Model state, ModelCandidate candidate, string reason, ModelFigures figures, ModelFigures? current, string dataSha256) =>
        state.Current == candidate.Version
            ? null : new ModelRejected(state.Name, candidate.Version, state.Current, reason, figures, current, dataSha256);

    public static DomainEvent? RollBack(Model state, string reason) =>
        state is { Current: { } current, Before: { } before } ? new ModelRolledBack(state.Name, before, current, reason) : null;

    /// <summary>What a model is worth in one number: the mean of area, recall and, where both have one, the classifier's F1.</summary>
    private static double Worth(ModelFigures figures, bool withF1) => withF1
        ? (figures.MacroRecallAt1Percent + figures.MacroAuc + figures.MacroF1.GetValueOrDefault()) / 3
        : (figures.MacroRecallAt1Percent + figures.MacroAuc) / 2;

    private static string? Objection(ModelCandidate candidate, ModelFigures figures, ModelFigures current)
    {
        var withF1 = figures.MacroF1 is not null && current.MacroF1 is not null;
        // Written so that a figure that is no number never lets a candidate pass.
        if (!(Worth(figures, withF1) > Worth(current, withF1))) return "no better than the current version";
        return figures.BenignFalseAlarmRate <= Math.Max(current.BenignFalseAlarmRate, 2 * candidate.FalseAlarmRate)
            ? null : "too many false alarms";
    }

    private static string Describe(ModelFigures figures)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"recall at 1 % {figures.MacroRecallAt1Percent:0.0000}, AUC {figures.MacroAuc:0.0000}, false alarms {figures.BenignFalseAlarmRate:0.00##%}");
        return figures.MacroF1 is { } f1 ? text + string.Create(CultureInfo.InvariantCulture, $", F1 {f1:0.0000}") : text;
    }
}
