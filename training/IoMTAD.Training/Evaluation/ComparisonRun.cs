using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Models;
using IoMTAD.Training.Models.Networks;
using IoMTAD.Training.Models.Trees;

namespace IoMTAD.Training.Evaluation;

/// <summary>Trains all that there is to compare, one after the other, and measures it.</summary>
public static class ComparisonRun
{
    private const int DetectorCount = 3;

    /// <summary>How many models are trained on one dataset.</summary>
    public static int Steps(ClassifierOptions options) => Classifiers.All(options).Count + DetectorCount;

    /// <param name="leaking">The same data with all its columns; null where they are not asked for.</param>
    /// <param name="trained">Called after each model.</param>
    public static ModelComparison Run(
        Dataset data, Dataset? leaking, ClassifierOptions options, IProgress<TrainingProgress>? progress = null, Action? trained = null,
        CancellationToken cancel = default)
    {
        var meter = new ProgressMeter(progress, TimeProvider.System);
        var models = new List<ComparedModel>();
        foreach (var fit in Classifiers.All(options))
        {
            cancel.ThrowIfCancellationRequested();
            var (quality, seconds) = Classify(fit, data, options.Level, meter, cancel);
            trained?.Invoke();
            var with = leaking is null ? null : Classify(fit, leaking, options.Level, meter, cancel).Quality;
            if (leaking is not null) trained?.Invoke();
            models.Add(new(fit.Name, seconds, quality, with));
        }
        return new(options.Level, options.Seed, models, data.Card) { Detectors = Detectors(data, options, progress, meter, trained, cancel) };
    }

    private static (LevelQuality Quality, double Seconds) Classify(
        IClassifierFit fit, Dataset data, int level, ProgressMeter meter, CancellationToken cancel)
    {
        var started = TimeProvider.System.GetTimestamp();
        var model = DatasetTraining.Fit(fit, data, level, meter, cancel);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var classifier = new ManagedClassifier(model);
        var answers = data.Tests.Where(t => data.TrainLabels.Contains(t.Label)).SelectMany(t =>
            ClassificationEvaluation.Answers(classifier, t.Sequences).Select(a => (DatasetLabel.Coarse(t.Label, level), a))).ToList();
        return (LevelQuality.Of(level, answers), seconds);
    }

    private static List<ComparedDetector> Detectors(
        Dataset data, ClassifierOptions options, IProgress<TrainingProgress>? progress, ProgressMeter meter, Action? trained, CancellationToken cancel)
    {
        var benign = new SequenceUnion(DatasetTraining.Benign(data).Select(f => f.Sequences(0, f.Count, 3)));
        return
        [
            Measure("LSTM autoencoder and densities", data, trained, () =>
            {
                var model = DatasetTraining.FitDetector(data, new(Seed: options.Seed, Threads: options.Threads), progress, cancel: cancel);
                return sequences => DetectionEvaluation.Scores(new ManagedAnomalyScorer(model), sequences);
            }),
            Measure("dense autoencoder on statistics", data, trained, () => DenseAutoencoder(benign, options, meter, cancel)),
            Measure("isolation forest on statistics", data, trained, () =>
            {
                var vectors = new SequenceVectors(benign, ScalerFit.Fit(benign), SequenceInput.Statistics);
                var forest = IsolationForestFit.Run(vectors, new(Seed: options.Seed, Threads: options.Threads), meter, cancel).Create(1);
                return Each(vectors, (vector, result) => forest.Predict(vector, 1, result), 1, (_, output) => output[0]);
            }),
        ];
    }

    private static Func<ISequences, float[]> DenseAutoencoder(
        ISequences benign, ClassifierOptions options, ProgressMeter meter, CancellationToken cancel)
    {
        var vectors = new SequenceVectors(benign, ScalerFit.Fit(benign), SequenceInput.Statistics);
        var shape = NetworkPresets.DenseAutoencoder(NetworkPresets.Statistics(benign.FeatureCount));
        meter.Begin("dense autoencoder", 20L * benign.Count);
        var network = NetworkFit.Reconstruction(shape, new(options.Seed, Epochs: 20, Threads: options.Threads), vectors, null).Run(meter, cancel).Network;
        var predictor = network.Create(1);
        var (stride, channels) = (shape.Input.Stride, shape.Input.Channels);
        return Each(vectors, (vector, output) => predictor.Predict(vector, 1, output), network.Outputs, (vector, output) =>
        {
            // The output is laid out as the input is; its padding was never learned.
            var sum = 0f;
            for (var i = 0; i < output.Length; i++)
            {
                if (i % stride >= channels) continue;
                var d = output[i] - vector[i];
                sum += d * d;
            }
            return sum;
        });
    }

    private delegate void Prediction(ReadOnlySpan<float> vector, Span<float> output);

    private delegate float Judgement(ReadOnlySpan<float> vector, ReadOnlySpan<float> output);

    private static Func<ISequences, float[]> Each(SequenceVectors learned, Prediction predict, int outputs, Judgement judge) => sequences =>
    {
        var vectors = learned.Of(sequences);
        var (vector, output, scores) = (new float[vectors.Width], new float[outputs], new float[vectors.Count]);
        for (var i = 0; i < scores.Length; i++)
        {
            vectors.Read(i, vector);
            predict(vector, output);
            scores[i] = judge(vector, output);
        }
        return scores;
    };

    private static ComparedDetector Measure(string name, Dataset data, Action? trained, Func<Func<ISequences, float[]>> fit)
    {
        var started = TimeProvider.System.GetTimestamp();
        var scores = fit();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        trained?.Invoke();
        var benign = data.Tests.Where(t => t.Label == DatasetLabel.Benign).SelectMany(t => scores(t.Sequences)).ToArray();
        var attacks = data.Tests.Where(t => t.Label != DatasetLabel.Benign).Select(t => scores(t.Sequences)).Where(s => s.Length > 0).ToList();
        if (benign.Length == 0 || attacks.Count == 0) return new(name, seconds, double.NaN, double.NaN);
        var atRate = RocCurve.ThresholdAt(benign, 0.01);
        return new(name, seconds, attacks.Average(a => RocCurve.Area(benign, a)), attacks.Average(a => RocCurve.ShareAbove(a, atRate)));
    }
}
