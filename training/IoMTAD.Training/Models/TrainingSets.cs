using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IoMTAD.Features;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Models;

/// <summary>Benign sequences: what is fitted, what stops the training, what calibrates; within each stretch of time the latter two are
/// later.</summary>
public sealed record TrainingSets(ISequences Fit, ISequences Validation, ISequences Calibration)
{
    // Several stretches rather than one cut, so that what is normal at one time of day alone is both learned and calibrated for.
    private const int Stretches = 5;
    private const double FitShare = 0.7, ValidationShare = 0.1;

    public const int FewestSequences = 50;

    /// <param name="benign">In the order of time; at least <see cref="FewestSequences"/>.</param>
    public static TrainingSets Split(ISequences benign)
    {
        if (benign.Count < FewestSequences) throw new ArgumentException($"{benign.Count} benign sequences are too few to learn from.", nameof(benign));
        return Of(Cuts(benign.Count).Select(cut => (cut.Set, SequenceSubset.Range(benign, cut.From, cut.To))));
    }

    /// <summary>Puts parts together: set 0 to fit, 1 to validate, 2 to calibrate.</summary>
    public static TrainingSets Of(IEnumerable<(int Set, ISequences Sequences)> parts)
    {
        var sets = parts.ToLookup(p => p.Set, p => p.Sequences);
        return new(new SequenceUnion(sets[0]), new SequenceUnion(sets[1]), new SequenceUnion(sets[2]));
    }

    /// <summary>Which set (0 to fit, 1 to validate, 2 to calibrate) each run of consecutive items belongs to.</summary>
    public static IEnumerable<(int Set, int From, int To)> Cuts(int count)
    {
        for (var i = 0; i < Stretches; i++)
        {
            var (start, end) = ((int)((long)count * i / Stretches), (int)((long)count * (i + 1) / Stretches));
            var first = start + (int)((end - start) * FitShare);
            var second = start + (int)((end - start) * (FitShare + ValidationShare));
            yield return (0, start, first);
            yield return (1, first, second);
            yield return (2, second, end);
        }
    }

    /// <summary>SHA-256 over all values and lengths, in order.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var set in new[] { Fit, Validation, Calibration })
        {
            for (var i = 0; i < set.Count; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(length, set.Length(i));
                hash.AppendData(length);
                for (var t = 0; t < set.Length(i); t++) hash.AppendData(MemoryMarshal.AsBytes(set.Step(i, t)));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
