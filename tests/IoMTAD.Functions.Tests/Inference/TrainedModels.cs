using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Functions.Tests.Inference;
using IoMTAD.Inference;
using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Local.Tests.Commands;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Models;
using IoMTAD.Training.Steps;

[assembly: AssemblyFixture(typeof(TrainedModels))]

namespace IoMTAD.Functions.Tests.Inference;

/// <summary>Small models and what they are tried on, made when the first test asks for them.</summary>
public sealed class TrainedModels
{
    private readonly Lazy<(AnomalyModel Model, SequenceBatch Traffic)> ward = new(OfWard);
    private readonly Lazy<(AnomalyModel Model, ISequences Traffic)> rows = new(OfRows);

    /// <summary>Of a simulated ward's calm; the traffic goes on into a flood.</summary>
    public (AnomalyModel Model, SequenceBatch Traffic) Ward => ward.Value;

    /// <summary>Of made-up rows of the dataset's format, with a classifier of three classes.</summary>
    public (AnomalyModel Model, ISequences Traffic) Rows => rows.Value;

    private static (AnomalyModel Model, SequenceBatch Traffic) OfWard()
    {
        var options = new WardOptions { Seed = 5 };
        var (calm, end) = (options.Start.AddMinutes(5), options.Start.AddMinutes(7));
        var simulation = new WardSimulation(options, [new ScheduledAttack("TCP_IP-DoS-SYN", calm.AddMinutes(1), Seed: 5)]);
        var segmenter = new Segmenter(simulation.Inventory, "ward");
        var benign = Read(simulation, segmenter, calm);
        var model = DetectorTrainer.Train(WindowSchema.Schema, benign, new TrainingOptions("ward", Epochs: 1, FalseAlarmRate: 0.002));
        return (model, Read(simulation, segmenter, end));
    }

    private static SequenceBatch Read(WardSimulation simulation, Segmenter segmenter, DateTimeOffset until)
    {
        var (reader, batch) = (new SegmentReader(WindowSchema.Schema), new SequenceBatch(WindowSchema.Schema.ModelColumns.Count));
        simulation.RunUntil(until, segmenter.Add);
        while (segmenter.TryTake(out var segment)) reader.Read(segment, batch);
        return batch;
    }

    private static (AnomalyModel Model, ISequences Traffic) OfRows()
    {
        using var made = new MadeUpDataset();
        using var kept = new IoMTAD.Tests.TemporaryFolder();
        var data = new DatasetReader(new()).Read(made.Folder, DatasetFolder.Train, DatasetFolder.Test).Dataset!;
        var steps = new TrainingSteps(new FolderStepResults(kept.Path));
        var classifier = steps.FitClassifier(data, new(), "rows")!.Value;
        var model = steps.FitDetector(data, new TrainingOptions("rows", Epochs: 2)).WithClassifier(classifier.Model, classifier.File);
        return (model, new SequenceUnion(data.Test.Select(f => f.Sequences(0, f.Count, 1))));
    }
}
