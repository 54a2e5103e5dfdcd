using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Tests.Models;

/// <summary>The model's formulas once more, in plain double-precision loops.</summary>
internal sealed class ReferenceScorer(AnomalyModel model)
{
    private readonly AutoencoderShape shape = model.Autoencoder.Shape;

    public double Score(SequenceBatch batch, int sequence)
    {
        var x = Enumerable.Range(0, batch.Lengths[sequence]).Select(t => Scale(batch.Step(sequence, t))).ToArray();
        var code = Encode(x);
        var y = Decode(code, x.Length);
        var (f, p) = (shape.Features, shape.Padded);
        var reconstruction = new double[shape.Hidden + p];
        code.CopyTo(reconstruction, 0);
        Array.Fill(reconstruction, Math.Log(1e-3), shape.Hidden, p);
        var spreads = new double[4 * p];
        Array.Fill(spreads, 0.7 * Math.Log(0.05), 2 * p, 2 * p);
        for (var j = 0; j < f; j++)
        {
            var column = x.Select(row => row[j]).ToArray();
            var mean = column.Average();
            reconstruction[shape.Hidden + j] = Math.Log(1e-3 + column.Select((v, t) => (v - y[t][j]) * (v - y[t][j])).Average());
            spreads[j] = mean;
            spreads[p + j] = Math.Sqrt(column.Average(v => (v - mean) * (v - mean)));
            spreads[2 * p + j] = 0.7 * Math.Log(spreads[p + j] + 0.05);
            var step = x.Length == 1 ? 0 : column.Skip(1).Zip(column, (a, b) => Math.Abs(a - b)).Average();
            spreads[3 * p + j] = 0.7 * Math.Log(step + 0.05);
        }
        var group = model.Groups.First(g => x.Length <= g.MaxLength);
        return group.Joint.Surprise((float)(Surprise(group.Reconstruction, reconstruction) + Surprise(group.Spreads, spreads)));
    }

    private double[] Scale(ReadOnlySpan<float> raw)
    {
        var row = new double[shape.Features];
        for (var j = 0; j < row.Length; j++)
        {
            var v = model.Scaler.Logarithmic[j] != 0 ? Math.Log(1 + Math.Max(0, raw[j])) : raw[j];
            row[j] = Math.Clamp(v * model.Scaler.Scale[j] + model.Scaler.Offset[j], -model.Scaler.Clip, model.Scaler.Clip);
        }
        return row;
    }

    private double[] Encode(double[][] x)
    {
        var (h, c) = (new double[shape.Hidden], new double[shape.Hidden]);
        foreach (var row in x)
            Cell(Gates(Sum(Bias(shape.EncoderBias, shape.Gates), row, shape.EncoderInput, shape.Gates), h, shape.EncoderState), h, c);
        return h;
    }

    private double[][] Decode(double[] code, int steps)
    {
        var (h, c) = (new double[shape.Hidden], new double[shape.Hidden]);
        return [.. Enumerable.Range(0, steps).Select(_ =>
        {
            Cell(Gates(Sum(Bias(shape.DecoderBias, shape.Gates), code, shape.DecoderCode, shape.Gates), h, shape.DecoderState), h, c);
            return Sum(Bias(shape.OutputBias, shape.Padded), h, shape.Output, shape.Padded);
        })];
    }

    private double[] Gates(double[] sum, double[] state, int weights) => Sum(sum, state, weights, shape.Gates);

    private double[] Bias(int at, int count) =>
        Array.ConvertAll(model.Autoencoder.Parameters.Span.Slice(at, count).ToArray(), v => (double)v);

    private double[] Sum(double[] sum, double[] input, int weights, int width)
    {
        for (var i = 0; i < input.Length; i++)
            for (var j = 0; j < width; j++)
                sum[j] += input[i] * model.Autoencoder.Parameters.Span[weights + i * width + j];
        return sum;
    }

    private static void Cell(double[] gates, double[] h, double[] c)
    {
        var n = h.Length;
        for (var j = 0; j < n; j++)
        {
            c[j] = Sigmoid(gates[n + j]) * c[j] + Sigmoid(gates[j]) * Math.Tanh(gates[2 * n + j]);
            h[j] = Sigmoid(gates[3 * n + j]) * Math.Tanh(c[j]);
        }

        static double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));
    }

    private static double Surprise(DensityView view, double[] input)
    {
        var (w, m) = (view.Whitening, view.Mixture);
        var d = m.Dimensions;
        var z = Array.ConvertAll(w.Origin.Span.ToArray(), v => (double)v);
        for (var i = 0; i < input.Length; i++)
        {
            var s = Math.Clamp((input[i] - w.Mean.Span[i]) * w.Scale.Span[i], -w.Clip, w.Clip);
            for (var j = 0; j < d; j++) z[j] += s * w.Axes.Span[i * d + j];
        }
        double density = 0;
        for (var k = 0; k < m.Components; k++)
        {
            var difference = z.Select((v, j) => v - m.Means.Span[k * d + j]).ToArray();
            var squares = m.Precisions.Span[k] * difference.Sum(v => v * v);
            for (var r = k * GaussianMixture.Rank; r < (k + 1) * GaussianMixture.Rank; r++)
            {
                double sum = 0;
                for (var i = 0; i < d; i++) sum += difference[i] * m.Factors.Span[i * m.Shifts.Length + r];
                squares -= sum * sum;
            }
            density += Math.Exp(m.LogConstants.Span[k] - 0.5 * squares);
        }
        return view.Calibration.Surprise((float)-Math.Log(density));
    }
}
