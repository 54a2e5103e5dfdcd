using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>A <see cref="FitState"/> as bytes: magic, identity of the run, numbers, parameters, moments, best parameters, and a SHA-256 of
/// all before it, so that a half-written checkpoint is known for one. Little-endian, as all machines that have the kernels' vectors.</summary>
internal static class NetworkCheckpoint
{
    private const int Hash = SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "IoMTADc1"u8;

    private static int Header => Magic.Length + Hash + Marshal.SizeOf<Numbers>();

    /// <summary>Same for runs of the same shape, options and targets; the number of threads does not matter.</summary>
    public static byte[] Identity(NetworkShape shape, NetworkOptions options, FitData train, FitData? validation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{NetworkText.Write(shape)}\n{options with { Threads = 0 }}\n"));
        foreach (var data in new[] { train, validation })
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{data?.Vectors.Count}\n"));
            if (data is not null) hash.AppendData(data.Loss.Identity);
        }
        return hash.GetHashAndReset();
    }

    public static byte[] Write(FitState state, ReadOnlySpan<byte> identity)
    {
        var floats = state.Best.Length;
        var bytes = new byte[Header + 4 * floats * sizeof(float) + Hash];
        Magic.CopyTo(bytes);
        identity.CopyTo(bytes.AsSpan(Magic.Length));
        var numbers = new Numbers(state.BestLoss, state.Epochs, state.Patience, state.Adam.Steps, 0);
        MemoryMarshal.Write(bytes.AsSpan(Magic.Length + Hash), numbers);
        var arrays = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(Header, 4 * floats * sizeof(float)));
        state.Network.Parameters.Span.CopyTo(arrays);
        state.Adam.FirstMoment.CopyTo(arrays[floats..]);
        state.Adam.SecondMoment.CopyTo(arrays[(2 * floats)..]);
        state.Best.CopyTo(arrays[(3 * floats)..]);
        SHA256.HashData(bytes.AsSpan(..^Hash), bytes.AsSpan(^Hash..));
        return bytes;
    }

    /// <summary>Changes the state only where true is returned.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, FitState state, ReadOnlySpan<byte> identity, [NotNullWhen(false)] out string? error)
    {
        var floats = state.Best.Length;
        error = "the checkpoint is damaged or none";
        if (bytes.Length < Header + Hash || !bytes.StartsWith(Magic)) return false;
        if (!SHA256.HashData(bytes[..^Hash]).AsSpan().SequenceEqual(bytes[^Hash..])) return false;
        error = "the checkpoint is of another network, other data or other options";
        if (!bytes.Slice(Magic.Length, Hash).SequenceEqual(identity)) return false;
        if (bytes.Length != Header + 4 * floats * sizeof(float) + Hash) return false;
        var numbers = MemoryMarshal.Read<Numbers>(bytes[(Magic.Length + Hash)..]);
        (state.BestLoss, state.Epochs, state.Patience, state.Adam.Steps) =
            (numbers.BestLoss, numbers.Epochs, numbers.Patience, numbers.AdamSteps);
        var arrays = MemoryMarshal.Cast<byte, float>(bytes[Header..^Hash]);
        arrays[..floats].CopyTo(state.Network.Parameters.Span);
        arrays.Slice(floats, floats).CopyTo(state.Adam.FirstMoment);
        arrays.Slice(2 * floats, floats).CopyTo(state.Adam.SecondMoment);
        arrays.Slice(3 * floats, floats).CopyTo(state.Best);
        error = null;
        return true;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Numbers(double BestLoss, int Epochs, int Patience, int AdamSteps, int Reserved);
}
