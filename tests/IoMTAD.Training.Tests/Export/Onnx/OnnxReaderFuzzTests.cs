using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Tests.Models;

namespace IoMTAD.Training.Tests.Export.Onnx;

/// <summary>Seeded mutations of a whole model's file: a model or an error, and nothing else.</summary>
public sealed class OnnxReaderFuzzTests
{
    [Fact]
    public void Mutations_of_a_model_are_read_or_refused()
    {
        var random = new Random(20_240_503);
        var original = Toy.Model.Weights.ToArray();
        var (read, refused) = (0, 0);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = original[..(random.Next(4) == 0 ? random.Next(original.Length) : original.Length)];
            for (var changes = random.Next(1, 4); changes > 0 && bytes.Length > 0; changes--) Change(bytes, random);
            if (OnnxTensors.TryRead(bytes, out var tensors, out var error) &&
                AnomalyModelTensors.TryRead(tensors, Toy.Model.Manifest, Toy.Schema, out _, out error)) read++;
            else refused++;
            Assert.NotEqual("", error);
        }
        // Were all refused, or none, the mutations would show nothing. Most bytes are numbers, which may be any.
        Assert.InRange(read, 300, 2_700);
        Assert.InRange(refused, 300, 2_700);
    }

    /// <summary>Half of the changes hit the nodes at the start, where the file has most of its structure.</summary>
    private static void Change(byte[] bytes, Random random)
    {
        var at = random.Next(2) == 0 ? random.Next(Math.Min(bytes.Length, 8_000)) : random.Next(bytes.Length);
        switch (random.Next(3))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)(random.Next(2) * 0xff); break;
            default: bytes.AsSpan(at, Math.Min(9, bytes.Length - at)).Fill(0xff); break;
        }
    }
}
