using System.Runtime.Intrinsics;
using IoMTAD.Inference;

namespace IoMTAD.Core.Tests.Inference;

public sealed unsafe class GemmTests
{
    [Theory]
    [InlineData(1, 16, 5)]
    [InlineData(4, 64, 7)]
    [InlineData(7, 48, 33)]
    [InlineData(13, 144, 1)]
    public void Both_widths_give_the_sum_of_products_to_the_same_bits(int m, int n, int k)
    {
        var random = new Random(m * n * k);
        var (a, b, start) = (Fill(random, m * k), Fill(random, k * n), Fill(random, m * n));
        FloatBuffer wide = new(start.Span), narrow = new(start.Span);
        Gemm.Run<Lanes512, Vector512<float>>(a.Pointer, k, 1, b.Pointer, n, wide.Pointer, n, m, n, k);
        Gemm.Run<Lanes256, Vector256<float>>(a.Pointer, k, 1, b.Pointer, n, narrow.Pointer, n, m, n, k);
        Assert.True(wide.Span.SequenceEqual(narrow.Span));
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                double expected = start.Span[i * n + j];
                for (var p = 0; p < k; p++) expected += (double)a.Span[i * k + p] * b.Span[p * n + j];
                Assert.Equal(expected, wide.Span[i * n + j], 1e-5 * (1 + Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Strides_multiply_by_a_transpose()
    {
        var random = new Random(5);
        FloatBuffer a = new(Fill(random, 6 * 3).Span), b = new(Fill(random, 6 * 16).Span), result = new(3 * 16);
        Gemm.MultiplyAdd(a.Pointer, 1, 3, b.Pointer, 16, result.Pointer, 16, 3, 16, 6);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 16; j++)
            {
                double expected = 0;
                for (var p = 0; p < 6; p++) expected += (double)a.Span[p * 3 + i] * b.Span[p * 16 + j];
                Assert.Equal(expected, result.Span[i * 16 + j], 1e-5);
            }
        }
    }

    [Fact]
    public void Both_widths_of_the_cell_agree_with_the_textbook()
    {
        const int Rows = 3, Hidden = 16;
        var random = new Random(9);
        var (gates, before) = (Fill(random, Rows * 4 * Hidden, 6), Fill(random, Rows * Hidden, 2));
        FloatBuffer wideGates = new(gates.Span), narrowGates = new(gates.Span), cell = new(Rows * Hidden), other = new(Rows * Hidden);
        FloatBuffer tanh = new(Rows * Hidden), state = new(Rows * Hidden), otherState = new(Rows * Hidden);
        LstmCell.Run<Lanes512, Vector512<float>>(
            wideGates.Pointer, before.Pointer, cell.Pointer, tanh.Pointer, state.Pointer, Rows, Hidden);
        LstmCell.Run<Lanes256, Vector256<float>>(
            narrowGates.Pointer, before.Pointer, other.Pointer, tanh.Pointer, otherState.Pointer, Rows, Hidden);
        Assert.True(state.Span.SequenceEqual(otherState.Span));
        Assert.True(cell.Span.SequenceEqual(other.Span));
        for (var i = 0; i < Rows * Hidden; i++)
        {
            var at = i / Hidden * 4 * Hidden + i % Hidden;
            var c = Sigmoid(gates.Span[at + Hidden]) * before.Span[i] + Sigmoid(gates.Span[at]) * Math.Tanh(gates.Span[at + 2 * Hidden]);
            Assert.Equal(c, cell.Span[i], 2e-6);
            Assert.Equal(Sigmoid(gates.Span[at + 3 * Hidden]) * Math.Tanh(c), state.Span[i], 2e-6);
        }

        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }

    private static FloatBuffer Fill(Random random, int count, float reach = 1)
    {
        var buffer = new FloatBuffer(count);
        foreach (ref var x in buffer.Span) x = (2 * random.NextSingle() - 1) * reach;
        return buffer;
    }
}
