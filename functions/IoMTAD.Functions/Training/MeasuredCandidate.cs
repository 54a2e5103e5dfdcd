using System.Text;
using IoMTAD.Hosting.Recording;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;

namespace IoMTAD.Functions.Training;

/// <summary>A version, what it is worth, and what it would replace.</summary>
/// <param name="InUse">Of the version in use, on the same data; null where there is none.</param>
/// <param name="History">That decisions hold for.</param>
internal sealed record MeasuredCandidate(TrainingPlan Plan, AnomalyModel Model, EvaluationReport Report, EvaluationReport? InUse, ModelHistory History)
{
    private ModelCandidate Candidate => new(Model.Version, Model.Manifest.FalseAlarmRate);

    private (ModelFigures? Candidate, ModelFigures? Current) Figures => HeldBack.Compare(Report, InUse);

    public DomainEvent? Decide() => ModelDecisions.Promote(History.State, Candidate, Figures.Candidate!, Figures.Current, Plan.DataSha256);

    public DomainEvent? Refuse(string reason) =>
        ModelDecisions.Refuse(History.State, Candidate, reason, Figures.Candidate!, Figures.Current, Plan.DataSha256);

    /// <summary>The bundle's files by name, its card among them.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Bundle() => new Dictionary<string, ReadOnlyMemory<byte>>(Model.Files, StringComparer.Ordinal)
    {
        [ModelCard.FileName] = Encoding.UTF8.GetBytes(ModelCard.Render(Model, Report)),
    };

    /// <param name="decision">Null where nothing would change.</param>
    public TrainingOutcome Outcome(DomainEvent? decision) => (decision ?? Recorded()) switch
    {
        ModelPromoted e => new(Verdict.Promoted, Model.Version, e.Reason),
        ModelRejected e => new(Verdict.Rejected, Model.Version, e.Reason),
        _ => new(Verdict.Unchanged, Model.Version, "it is in use already"),
    };

    /// <summary>What this very run has promoted: a step whose answer was lost is done again, and gives the same answer.</summary>
    private DomainEvent? Recorded() => History.Events.Where(e => e.OccurredAt == Plan.At).Select(e => e.Event).OfType<ModelPromoted>()
        .LastOrDefault(e => e.Version == Model.Version);
}
