using System.Collections.Concurrent;
using IoMTAD.Functions.Training;
using IoMTAD.Hosting.Inference;
using IoMTAD.Local.Tests.Commands;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Tests;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Steps;
using Microsoft.DurableTask;

namespace IoMTAD.Functions.Tests.Training;

/// <summary>All that training touches, of a test's own: data, step results, record and bundles.</summary>
internal sealed class TrainingWard : ITrainingData, IStepResults, IAsyncDisposable
{
    private readonly MadeUpDataset files = new(benignRows: 1500);
    private readonly TemporaryFolder kept = new(), promoted = new();
    private readonly ConcurrentQueue<string> made = [];

    /// <summary>What the place of the data holds now.</summary>
    public Dataset Data
    {
        get => field ??= new DatasetReader(new DatasetReading()).Read(files.Folder, DatasetFolder.Train, DatasetFolder.Test).Dataset!;
        set;
    }

    public TestStore Store { get; } = new();

    public FolderModelStore Models => new(promoted.Path);

    /// <summary>Called as a step begins.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when a step is done, before anybody hears of it.</summary>
    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>Steps that kept a result, which they do once they have worked.</summary>
    public IReadOnlyList<string> Made => [.. made];

    public TrainingActivities Activities => new(new TrainingWork(this, new PlannedSteps(this, this), Store.Events, Models));

    private FolderStepResults Results => new(kept.Path);

    public void Register(DurableTaskRegistry registry)
    {
        var real = Activities;
        Add<TrainingStart, TrainingPlan>(TrainingActivities.Prepare, real.PrepareAsync);
        Add<TrainingPlan, bool>(TrainingActivities.FitDetector, real.FitDetectorAsync);
        Add<TrainingPlan, bool>(TrainingActivities.FitClassifier, real.FitClassifierAsync);
        Add<TrainingPlan, string>(TrainingActivities.Tune, real.TuneAsync);
        Add<TrainingPlan, bool>(TrainingActivities.Evaluate, real.EvaluateAsync);
        Add<TrainingPlan, TrainingOutcome>(TrainingActivities.Decide, real.DecideAsync);
        Add<Promotion, TrainingOutcome>(TrainingActivities.Promote, real.PromoteAsync);
        Add<Rejection, TrainingOutcome>(TrainingActivities.Reject, real.RejectAsync);

        void Add<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> step) =>
            registry.AddActivityFunc<TInput, TOutput>(name, async (_, input) =>
            {
                await Before(name);
                var answer = await step(input, CancellationToken.None);
                await After(name);
                return answer;
            });
    }

    public Task<Dataset> ReadAsync(string place, CancellationToken cancellation) => Task.FromResult(Data);

    public IReadOnlyDictionary<string, byte[]>? Find(string step, string inputs) => Results.Find(step, inputs);

    public void Keep(string step, string inputs, IReadOnlyDictionary<string, byte[]> files)
    {
        made.Enqueue(step);
        Results.Keep(step, inputs, files);
    }

    public byte[]? FindPartial(string step, string inputs) => Results.FindPartial(step, inputs);

    public void KeepPartial(string step, string inputs, byte[] state) => Results.KeepPartial(step, inputs, state);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        files.Dispose();
        kept.Dispose();
        promoted.Dispose();
    }
}
