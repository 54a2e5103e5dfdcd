using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Adds normal noise to the live values of a vector: steps that are zero throughout lie beyond a sequence's end and stay so, as
/// does padding.</summary>
internal sealed class InputNoise(Extent input, float deviation, int seed)
{
    private const int Purpose = 2;
    private static readonly float[] Normal = Table();

    public void Add(int epoch, int row, Span<float> vector)
    {
        var stream = new SeededStream(seed, epoch, row, Purpose);
        for (var t = 0; t < input.Steps; t++)
        {
            var step = vector.Slice(t * input.Stride, input.Channels);
            if (!step.ContainsAnyExcept(0f)) continue;
            ulong bits = 0;
            for (var j = 0; j < step.Length; j++, bits >>= 16)
            {
                if (j % 4 == 0) bits = stream.Next();
                step[j] += deviation * Normal[bits % (ulong)Normal.Length];
            }
        }
    }

    // Box and Muller over a grid of radii and angles: sixteen thousand values stand in for the distribution, at the price of a look-up.
    private static float[] Table()
    {
        const int Side = 128;
        var table = new float[Side * Side];
        for (var i = 0; i < table.Length; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log((i / Side + 0.5) / Side));
            table[i] = (float)(radius * Math.Cos(2 * Math.PI * (i % Side + 0.5) / Side));
        }
        return table;
    }
}
