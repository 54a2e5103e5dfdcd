using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Inference;
using IoMTAD.Inference.Networks;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Inference.Networks;

public sealed class NetworkPassTests
{
    private const int Rows = 11;

    public static TheoryData<int> Shapes => [.. Enumerable.Range(0, SampleNetworks.All.Count)];

    [Theory, MemberData(nameof(Shapes))]
    public void Outputs_are_those_of_a_plain_reference(int index)
    {
        var (network, inputs, outputs) = Predicted(index);
        var parameters = ReferenceNetwork.Widen(network.Parameters.Span);
        for (var r = 0; r < Rows; r++)
        {
            var input = ReferenceNetwork.Widen(inputs.AsSpan(r * network.Inputs, network.Inputs));
            var expected = ReferenceNetwork.Forward(network.Shape, parameters, input);
            for (var j = 0; j < expected.Length; j++) Assert.Equal(expected[j], outputs[r * network.Outputs + j], 1e-5);
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void A_row_comes_out_the_same_whatever_stands_beside_it(int index)
    {
        var (network, inputs, together) = Predicted(index);
        var predictor = network.Create(Rows);
        Prop.ForAll(Gen.Choose(0, Rows - 1).ListOf(5).ToArbitrary(), picked =>
        {
            var some = picked.SelectMany(i => inputs[(i * network.Inputs)..((i + 1) * network.Inputs)]).ToArray();
            var outputs = new float[picked.Count * network.Outputs];
            predictor.Predict(some, picked.Count, outputs);
            return outputs.SequenceEqual(picked.SelectMany(i => together[(i * network.Outputs)..((i + 1) * network.Outputs)]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Probabilities_add_up_to_one_however_far_apart_the_scores_lie()
    {
        var shape = NetworkShape.Create(Extent.Padded(1, 3), new DenseLayer(3), new SoftmaxLayer());
        var network = new Network(shape, new(shape.Length));
        for (var i = 0; i < 3; i++) network.Row(shape.Layers[0], i)[i] = 1;
        var outputs = new float[3];
        var inputs = new float[16];
        new[] { 1e30f, -1e30f, 0 }.CopyTo(inputs, 0);
        network.Create(1).Predict(inputs, 1, outputs);
        Assert.Equal(1, outputs.Sum(), 1e-6);
        Assert.Equal(1, outputs[0], 1e-6);
    }

    [Fact]
    public unsafe void Both_widths_of_the_kernels_give_the_same_bits()
    {
        foreach (var layer in SampleNetworks.All.SelectMany(s => s.Layers).Where(l => !l.HasWeights))
        {
            var random = new Random(3);
            var from = new FloatBuffer(2 * layer.Input.Size);
            foreach (ref var x in from.Span) x = random.NextSingle() - 0.5f;
            FloatBuffer wide = new(from.Span), narrow = new(from.Span);
            NetworkKernels.Run<Lanes512, Vector512<float>>(layer, from.Pointer, wide.Pointer, 2);
            NetworkKernels.Run<Lanes256, Vector256<float>>(layer, from.Pointer, narrow.Pointer, 2);
            Assert.True(wide.Span.SequenceEqual(narrow.Span), $"{layer.Layer}");
        }
    }

    [Fact]
    public void Predicting_allocates_nothing_once_warm()
    {
        var (network, inputs, outputs) = Predicted(0);
        var predictor = network.Create(Rows);
        Assert.Equal(0, Allocations.Of(() => predictor.Predict(inputs, Rows, outputs)));
    }

    [Fact]
    public void More_rows_than_there_is_room_for_are_refused()
    {
        var (network, inputs, outputs) = Predicted(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Create(Rows - 1).Predict(inputs, Rows, outputs));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Create(Rows).Predict(inputs.AsSpan(1), Rows, outputs));
    }

    private static (Network Network, float[] Inputs, float[] Outputs) Predicted(int index)
    {
        var network = SampleNetworks.Fill(SampleNetworks.All[index], 5);
        var (inputs, outputs) = (SampleNetworks.Inputs(network.Shape, Rows, 6), new float[Rows * network.Outputs]);
        network.Create(Rows).Predict(inputs, Rows, outputs);
        return (network, inputs, outputs);
    }
}
