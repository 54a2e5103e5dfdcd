using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IoMTAD.Features;

namespace IoMTAD.Training.Models;

/// <summary>Benign sequences, cut along time: what is fitted comes first, what stops the training later, what calibrates last.</summary>
public sealed record TrainingSets(SequenceBatch Fit, SequenceBatch Validation, SequenceBatch Calibration)
{
    private const double FitShare = 0.7, ValidationShare = 0.15;

    /// <param name="benign">In the order of time; at least 20 sequences.</param>
    public static TrainingSets Split(SequenceBatch benign)
    {
        if (benign.Count < 20) throw new ArgumentException($"{benign.Count} benign sequences are too few to learn from.", nameof(benign));
        var (first, second) = ((int)(benign.Count * FitShare), (int)(benign.Count * (FitShare + ValidationShare)));
        return new(benign.Copy(0, first), benign.Copy(first, second), benign.Copy(second, benign.Count));
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
                BinaryPrimitives.WriteInt32LittleEndian(length, set.Lengths[i]);
                hash.AppendData(length);
                hash.AppendData(MemoryMarshal.AsBytes(set.Sequence(i)));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
