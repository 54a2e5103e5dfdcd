using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IoMTAD.Recording;

/// <summary>Links the events of a stream: each holds the SHA-256 of its content and of its predecessor's hash.</summary>
/// <remarks>Whoever changes, inserts or removes an event has to rewrite all that follow it, and a kept copy of one later hash shows it.</remarks>
public static class HashChain
{
    /// <summary>The predecessor of a stream's first event.</summary>
    public const string Genesis = "";

    /// <returns>64 hexadecimal digits.</returns>
    public static string Next(string previousHash, string stream, int version, string id, string type, DateTimeOffset occurredAt, string data)
    {
        // A stream's name may hold anything, so its length stands before it: two different events never give the same bytes.
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{previousHash}\n{stream.Length}\n{stream}\n{version}\n{id}\n{type}\n{occurredAt.UtcTicks}\n{data}");
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var written = Encoding.UTF8.GetBytes(text, buffer);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(buffer.AsSpan(0, written), hash);
            return Convert.ToHexStringLower(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static bool Holds(StoredEvent @event) =>
        Next(@event.PreviousHash, @event.Stream, @event.Version, @event.Id, @event.Type, @event.OccurredAt, @event.Data) == @event.Hash;
}
