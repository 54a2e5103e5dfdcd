using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Models;

namespace IoMTAD.Benchmarks;

/// <summary>What stages share: settings, traffic and a model, each made when first asked for, and the rows measured so far.</summary>
internal sealed class Bench : IDisposable
{
    private readonly Lazy<Workload[]> workloads;
    private readonly Lazy<AnomalyModel> model;
    private readonly Lazy<double> peak;

    public Bench(Settings settings)
    {
        Settings = settings;
        workloads = new(() =>
        [
            Workload.Benign(settings.Packets), Workload.Attacks(settings.Packets), Workload.SynFlood(settings.Packets),
            Workload.Publishes(settings.Packets),
        ]);
        var options = new TrainingOptions { Epochs = settings.Epochs, FalseAlarmRate = 1e-3 };
        model = new(() => DetectorTrainer.Train(WindowSchema.Schema, Calm, options));
        peak = new(() => FmaPeak.Measure(settings).Median);
        Folder = Directory.CreateTempSubdirectory("iomtad-bench-").FullName;
    }

    public Settings Settings { get; }
    public IReadOnlyList<Workload> Workloads => workloads.Value;
    public AnomalyModel Model => model.Value;

    /// <summary>Floating point operations per second that one core can do.</summary>
    public double Peak => peak.Value;

    /// <summary>Sequences of a calm ward: what the model learns from.</summary>
    public SequenceBatch Calm => field ??= Sequences(Workload.Calm(Settings.Learning));

    /// <summary>For stores; removed at the end.</summary>
    public string Folder { get; }

    public List<Row> Rows { get; } = [];
    public List<string> Notes { get; } = [];

    public static SequenceBatch Sequences(Workload workload)
    {
        var reader = new SegmentReader(WindowSchema.Schema);
        var batch = new SequenceBatch(WindowSchema.Schema.ModelColumns.Count);
        foreach (var segment in workload.Segments) reader.Read(segment, batch);
        return batch;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
