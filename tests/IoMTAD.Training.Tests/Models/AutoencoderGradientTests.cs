using IoMTAD.Inference;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Tests.Models;

public sealed class AutoencoderGradientTests
{
    [Fact]
    public void The_gradient_is_that_of_central_differences()
    {
        var shape = new AutoencoderShape(Toy.Features, 16);
        var net = new Autoencoder(shape, new(shape.Length));
        AutoencoderInitialisation.Fill(net, new Random(3));
        int[] lengths = [10, 10, 7, 3, 1, 1];
        var pass = new AutoencoderPass(shape, 8, 10);
        pass.Begin(lengths);
        var random = new Random(4);
        for (var row = 0; row < lengths.Length; row++)
            for (var t = 0; t < lengths[row]; t++)
                for (var j = 0; j < shape.Features; j++)
                    pass.InputRow(t, row)[j] = 2 * random.NextSingle() - 1;

        var weights = new TransposedWeights(shape);
        weights.Update(net);
        var gradient = new AutoencoderGradient(shape, 8);
        pass.Forward(net);
        gradient.Accumulate(pass, weights);

        var parameters = net.Parameters.Span;
        var (worst, checkedOnes) = (0.0, 0);
        for (var i = 0; i < shape.Length; i += 3)
        {
            const float Step = 0.02f;
            var kept = parameters[i];
            if (kept == 0 && gradient.Sum.Span[i] == 0) continue;
            // Richardson's extrapolation: single precision wants long steps, and those want their own error cancelled.
            var derivative = (4 * Difference(Step) - Difference(2 * Step)) / 3;
            parameters[i] = kept;
            worst = Math.Max(worst, Math.Abs(derivative - gradient.Sum.Span[i]));
            checkedOnes++;

            double Difference(float step)
            {
                var span = net.Parameters.Span;
                span[i] = kept + step;
                pass.Forward(net);
                var above = AutoencoderGradient.Loss(pass);
                span[i] = kept - step;
                pass.Forward(net);
                return (above - AutoencoderGradient.Loss(pass)) / 2 / (2 * step);
            }
        }
        var largest = gradient.Sum.Span.ToArray().Max(Math.Abs);
        Assert.True(checkedOnes > 900, $"only {checkedOnes} parameters were checked");
        Assert.True(worst < 2e-3 * largest, $"gradients up to {largest} are off by up to {worst}");
    }

    [Fact]
    public void Padding_gets_no_gradient()
    {
        var shape = new AutoencoderShape(Toy.Features, 16);
        var net = new Autoencoder(shape, new(shape.Length));
        AutoencoderInitialisation.Fill(net, new Random(3));
        var pass = new AutoencoderPass(shape, 4, 10);
        pass.Begin([10, 5]);
        pass.InputRow(0, 0)[..Toy.Features].Fill(1);
        var weights = new TransposedWeights(shape);
        weights.Update(net);
        pass.Forward(net);
        var gradient = new AutoencoderGradient(shape, 4);
        gradient.Accumulate(pass, weights);
        Assert.All(gradient.Sum.Span[(shape.OutputBias + shape.Features)..].ToArray(), x => Assert.Equal(0, x));
        Assert.Contains(gradient.Sum.Span.Slice(shape.OutputBias, shape.Features).ToArray(), x => x != 0);
    }
}
