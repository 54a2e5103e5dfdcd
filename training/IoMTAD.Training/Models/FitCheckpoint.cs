using System.Runtime.InteropServices;

namespace IoMTAD.Training.Models;

/// <summary>Where a fit keeps all that it knows after each epoch, so that one that died goes on from there and ends with the same
/// bits.</summary>
/// <param name="saved">What an earlier run of the very same fit kept; null for none.</param>
/// <param name="save">Keeps what it is given in place of what was kept before.</param>
public sealed class FitCheckpoint(byte[]? saved, Action<byte[]> save)
{
    /// <summary>Forgets everything.</summary>
    public static FitCheckpoint None { get; } = new(null, _ => { });

    /// <param name="length">Bytes that the state takes; what is of another length was kept by another fit, and is passed over.</param>
    internal bool TryRestore(int length, Action<BinaryReader> read)
    {
        if (saved is null || saved.Length != length) return false;
        using var reader = new BinaryReader(new MemoryStream(saved));
        read(reader);
        return true;
    }

    internal void Save(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        write(writer);
        writer.Flush();
        save(bytes.ToArray());
    }
}

internal static class FloatStreams
{
    public static void Write(this BinaryWriter writer, ReadOnlySpan<float> values) => writer.Write(MemoryMarshal.AsBytes(values));

    public static void Read(this BinaryReader reader, Span<float> values) => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
}
