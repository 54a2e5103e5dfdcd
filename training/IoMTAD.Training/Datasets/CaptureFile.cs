using System.Globalization;
using System.Security.Cryptography;
using IoMTAD.Capture;

namespace IoMTAD.Training.Datasets;

/// <summary>Reads a capture (pcap, pcapng) or a dataset file (CSV) of any size into segments, a chunk at a time.</summary>
public static class CaptureFile
{
    private const int ChunkSize = 4 * 1024 * 1024;

    /// <summary>Name by which the store knows the file's traffic: its name, size and the digest of its beginning,
    /// so that another file of that name is another.</summary>
    public static string Topic(string path)
    {
        using var file = OpenRead(path);
        var head = new byte[64 * 1024];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var digest = Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, length)).AsSpan(0, 4));
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}@{file.Length}-{digest}");
    }

    public static FileStream OpenRead(string path) => new(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });

    public static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Frames of a capture, in its order.</summary>
    /// <param name="onFault">Hears of each thing that could not be read: a text that names file and offset. Reading goes on where the format allows.</param>
    /// <param name="onFrame">Gets each frame; it lies in a buffer that the next chunk overwrites.</param>
    /// <returns>After each chunk, the bytes read so far.</returns>
    public static IEnumerable<long> ReadFrames(string path, FrameHandler onFrame, Action<string> onFault)
    {
        using var file = OpenRead(path);
        var reader = new CaptureReader();
        var buffer = new byte[ChunkSize];
        var (kept, faults) = (0, 0);
        for (var final = false; !final;)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            final = kept + read < buffer.Length;
            kept = Pump(ref reader, buffer, kept + read, final, onFrame);
            yield return file.Position;
        }
        faults = reader.FailureCount;
        if (faults > 0) onFault($"{path}: {Describe(reader.Failure)}{(faults > 1 ? $"; {faults - 1} more faults" : "")}");
    }

    private static string Describe(CaptureFailure failure) => failure.Fault switch
    {
        CaptureFault.UnknownFormat when failure.Offset == 0 => "neither pcap nor pcapng",
        CaptureFault.Truncated => string.Create(CultureInfo.InvariantCulture, $"cut short in the record at byte {failure.Offset}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{failure.Fault} at byte {failure.Offset}"),
    };

    /// <returns>Bytes left over, moved to the front of the buffer.</returns>
    private static int Pump(ref CaptureReader reader, byte[] buffer, int length, bool final, FrameHandler onFrame)
    {
        ReadOnlySpan<byte> rest = buffer.AsSpan(0, length);
        while (reader.TryRead(ref rest, final, out var frame)) onFrame(frame);
        rest.CopyTo(buffer);
        return rest.Length;
    }
}
