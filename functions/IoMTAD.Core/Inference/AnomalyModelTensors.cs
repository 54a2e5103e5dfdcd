using System.Diagnostics.CodeAnalysis;
using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>The parts of a model as named tensors, and back.</summary>
internal static class AnomalyModelTensors
{
    public sealed record Parts(FeatureScaler Scaler, Autoencoder Autoencoder, IReadOnlyList<LengthGroup> Groups, FeatureRanges Ranges);

    public static TensorFile Write(
        FeatureScaler scaler, Autoencoder autoencoder, IReadOnlyList<LengthGroup> groups, FeatureRanges ranges)
    {
        var file = new TensorFile();
        file.Add("scaler/logarithmic", scaler.Logarithmic);
        file.Add("scaler/scale", scaler.Scale);
        file.Add("scaler/offset", scaler.Offset);
        file.Add("scaler/clip", [scaler.Clip]);
        file.Add("autoencoder", autoencoder.Parameters.Span);
        file.Add("ranges/low", ranges.Low);
        file.Add("ranges/high", ranges.High);
        file.Add("ranges/surprise", [ranges.OutsideSurprise]);
        file.Add("groups", [.. groups.Select(g => (float)g.MaxLength)]);
        foreach (var group in groups)
        {
            WriteView(file, $"{group.MaxLength}/reconstruction", group.Reconstruction);
            WriteView(file, $"{group.MaxLength}/statistics", group.Statistics);
            WriteCalibration(file, $"{group.MaxLength}/joint", group.Joint);
        }
        return file;
    }

    private static void WriteView(TensorFile file, string name, DensityView view)
    {
        file.Add($"{name}/mean", view.Whitening.Mean.Span);
        file.Add($"{name}/scale", view.Whitening.Scale.Span);
        file.Add($"{name}/axes", view.Whitening.Axes.Span);
        file.Add($"{name}/origin", view.Whitening.Origin.Span);
        file.Add($"{name}/clip", [view.Whitening.Clip]);
        file.Add($"{name}/means", view.Mixture.Means.Span);
        file.Add($"{name}/precisions", view.Mixture.Precisions.Span);
        file.Add($"{name}/factors", view.Mixture.Factors.Span);
        file.Add($"{name}/shifts", view.Mixture.Shifts.Span);
        file.Add($"{name}/constants", view.Mixture.LogConstants.Span);
        file.Add($"{name}/centres", view.Centres.Span);
        WriteCalibration(file, $"{name}/calibration", view.Calibration);
    }

    private static void WriteCalibration(TensorFile file, string name, TailCalibration calibration)
    {
        file.Add($"{name}/scores", calibration.Scores);
        file.Add($"{name}/surprises", calibration.Surprises);
        file.Add($"{name}/tail", [calibration.Scale, calibration.Shape]);
    }

    public static bool TryRead(
        TensorFile file, ModelManifest manifest, FeatureSchema schema,
        [NotNullWhen(true)] out Parts? parts, [NotNullWhen(false)] out string? error)
    {
        var reader = new Reader(file);
        var features = schema.ModelColumns.Count;
        parts = null;
        if (manifest.Hidden < Gemm.Align || manifest.Hidden > 4096 || manifest.Hidden % Gemm.Align != 0 || manifest.MaxSteps is < 1 or > 1000)
        {
            error = $"hidden size {manifest.Hidden} or sequence length {manifest.MaxSteps} is none that a model can have";
            return false;
        }
        var shape = new AutoencoderShape(features, manifest.Hidden);
        var scaler = new FeatureScaler(
            reader.Take("scaler/logarithmic", features), reader.Take("scaler/scale", features), reader.Take("scaler/offset", features),
            reader.Take("scaler/clip", 1)[0]);
        var autoencoder = new Autoencoder(shape, new(reader.Take("autoencoder", shape.Length)));
        var ranges = new FeatureRanges(
            reader.Take("ranges/low", features), reader.Take("ranges/high", features), scaler, reader.Take("ranges/surprise", 1)[0]);
        var groups = new List<LengthGroup>();
        foreach (var length in reader.Take("groups"))
        {
            var most = (int)length;
            groups.Add(new(most,
                reader.View($"{most}/reconstruction", shape.Hidden + shape.Padded),
                reader.View($"{most}/statistics", SequenceStatistics.Length(shape.Padded)),
                reader.Calibration($"{most}/joint")));
        }
        if (groups.Count == 0 || groups[^1].MaxLength < manifest.MaxSteps) reader.Error ??= "no length group covers the longest sequence";
        error = reader.Error;
        if (error is not null) return false;
        parts = new(scaler, autoencoder, groups, ranges);
        return true;
    }

    /// <summary>Hands out tensors of the lengths asked for; where one is missing or wrong, zeros and an error to be read at the
    /// end.</summary>
    private sealed class Reader(TensorFile file)
    {
        public string? Error { get; set; }

        public float[] Take(string name, int length = -1)
        {
            var values = file.Find(name);
            if (values is not null && (length < 0 ? values.Length > 0 : values.Length == length)) return values;
            Error ??= values is null ? $"tensor '{name}' is missing" : $"tensor '{name}' has {values.Length} values, not {length}";
            return new float[Math.Max(1, length)];
        }

        public DensityView View(string name, int inputs)
        {
            var origin = Take($"{name}/origin");
            var outputs = origin.Length;
            if (outputs % Gemm.Align != 0)
            {
                Error ??= $"tensor '{name}/origin' is not padded to {Gemm.Align}";
                outputs = Gemm.Align;
            }
            var constants = Take($"{name}/constants");
            var whitening = new Whitening(new(Take($"{name}/mean", inputs)), new(Take($"{name}/scale", inputs)),
                new(Take($"{name}/axes", inputs * outputs)), new(origin), Take($"{name}/clip", 1)[0]);
            var (count, width) = (constants.Length, constants.Length * GaussianMixture.Rank);
            var mixture = new GaussianMixture(new(Take($"{name}/means", count * outputs)), new(Take($"{name}/precisions", count)),
                new(Take($"{name}/factors", outputs * width)), new(Take($"{name}/shifts", width)), new(constants));
            return new(whitening, mixture, new(Take($"{name}/centres", count * inputs)), Calibration($"{name}/calibration"));
        }

        public TailCalibration Calibration(string name)
        {
            var scores = Take($"{name}/scores");
            var tail = Take($"{name}/tail", 2);
            return new(scores, Take($"{name}/surprises", scores.Length), tail[0], tail[1]);
        }
    }
}
