using System.Diagnostics.CodeAnalysis;
using IoMTAD.Features;
using IoMTAD.Inference.Onnx;

namespace IoMTAD.Inference;

/// <summary>Puts a model together from the named tensors of its file. Their names are given by the exporter.</summary>
internal static class AnomalyModelTensors
{
    public static bool TryRead(
        TensorSet tensors, ModelManifest manifest, FeatureSchema schema,
        [NotNullWhen(true)] out AnomalyParts? parts, [NotNullWhen(false)] out string? error)
    {
        var reader = new Reader(tensors);
        var features = schema.ModelColumns.Count;
        parts = null;
        if (manifest.Hidden < Gemm.Align || manifest.Hidden > 4096 || manifest.Hidden % Gemm.Align != 0 || manifest.MaxSteps is < 1 or > 1000)
        {
            error = $"hidden size {manifest.Hidden} or sequence length {manifest.MaxSteps} is none that a model can have";
            return false;
        }
        var shape = new AutoencoderShape(features, manifest.Hidden);
        var scaler = reader.Scaler(features);
        var autoencoder = reader.Autoencoder(shape);
        var ranges = new FeatureRanges(
            reader.Take("ranges/low", features), reader.Take("ranges/high", features), scaler, reader.Take("ranges/surprise", 1)[0]);
        var groups = new List<LengthGroup>();
        foreach (var length in reader.Take("groups"))
        {
            var most = (int)length;
            groups.Add(new(most,
                reader.View($"{most}/reconstruction", shape.Hidden + shape.Padded),
                reader.View($"{most}/spreads", SequenceSpreads.Length(shape.Padded)),
                reader.Calibration($"{most}/joint")));
        }
        if (groups.Count == 0 || groups[^1].MaxLength < manifest.MaxSteps) reader.Error ??= "no length group covers the longest sequence";
        error = reader.Error;
        if (error is not null) return false;
        parts = new(scaler, autoencoder, groups, ranges);
        return true;
    }

    /// <summary>The scaler alone, which classifiers have too.</summary>
    public static bool TryReadScaler(
        TensorSet tensors, int features, [NotNullWhen(true)] out FeatureScaler? scaler, [NotNullWhen(false)] out string? error)
    {
        var reader = new Reader(tensors);
        scaler = reader.Scaler(features);
        error = reader.Error;
        return error is null;
    }

    /// <summary>Hands out tensors of the lengths asked for; where one is missing or wrong, zeros and an error to be read at the
    /// end.</summary>
    private sealed class Reader(TensorSet tensors)
    {
        // Far above what training makes, and low enough for every product of them to be the length of an array.
        private const int MostDimensions = 1024, MostComponents = 1024;

        public string? Error { get; set; }

        public float[] Take(string name, int? length = null)
        {
            var values = tensors.Find(name);
            if (values is not null && (length is null ? values.Length > 0 : values.Length == length)) return values;
            Error ??= values is null ? $"tensor '{name}' is missing" : $"tensor '{name}' has {values.Length} values, not {length}";
            return new float[Math.Max(1, length ?? 1)];
        }

        public FeatureScaler Scaler(int features) => new(
            Take("scaler/logarithmic", features), Take("scaler/scale", features), Take("scaler/offset", features), Take("scaler/clip", 1)[0]);

        public Autoencoder Autoencoder(AutoencoderShape shape)
        {
            var parameters = new FloatBuffer(shape.Length);
            Lstm("encoder", shape.Padded, shape.Hidden, parameters.Span[shape.EncoderInput..shape.DecoderCode]);
            Lstm("decoder", shape.Hidden, shape.Hidden, parameters.Span[shape.DecoderCode..shape.Output]);
            Take("output/weights", shape.Hidden * shape.Padded).CopyTo(parameters.Span[shape.Output..]);
            Take("output/bias", shape.Padded).CopyTo(parameters.Span[shape.OutputBias..]);
            return new(shape, parameters);
        }

        /// <param name="result">Weights of the input, weights of the state, bias.</param>
        private void Lstm(string name, int inputs, int hidden, Span<float> result)
        {
            var gates = 4 * hidden;
            OnnxLstm.FromOnnx(Take($"{name}/input", gates * inputs), hidden, result[..(inputs * gates)]);
            OnnxLstm.FromOnnx(Take($"{name}/state", gates * hidden), hidden, result.Slice(inputs * gates, hidden * gates));
            OnnxLstm.FromOnnx(Take($"{name}/bias", 2 * gates).AsSpan(0, gates), hidden, result[^gates..]);
        }

        public DensityView View(string name, int inputs)
        {
            var origin = Take($"{name}/origin");
            var constants = Take($"{name}/constants");
            if (origin.Length % Gemm.Align != 0 || origin.Length > MostDimensions || constants.Length > MostComponents)
            {
                Error ??= $"'{name}' has {origin.Length} dimensions and {constants.Length} components, which no model has";
                (origin, constants) = (new float[Gemm.Align], new float[1]);
            }
            var outputs = origin.Length;
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
