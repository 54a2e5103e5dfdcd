using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IoMTAD.Hosting.Views;

/// <summary>Where a page ended: the last row's place in the order, under a check sum. Opaque to who holds it.</summary>
/// <param name="List">Which list, in which order: a cursor of another one is refused.</param>
public sealed record PageCursor(string List, long Sort, string Key)
{
    private const int CheckBytes = 6, LongestText = 2000;

    public override string ToString()
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{List}\n{Sort}\n{Key}"));
        return Base64Url.EncodeToString([.. Check(text), .. text]);
    }

    /// <returns>Null where none was given.</returns>
    /// <exception cref="FormatException">It is not one of this list's.</exception>
    public static PageCursor? Read(string? given, string list)
    {
        if (given is null) return null;
        if (given.Length <= LongestText && Base64Url.IsValid(given))
        {
            var bytes = Base64Url.DecodeFromChars(given);
            if (bytes.Length > CheckBytes && bytes.AsSpan(0, CheckBytes).SequenceEqual(Check(bytes[CheckBytes..]))
                && Encoding.UTF8.GetString(bytes, CheckBytes, bytes.Length - CheckBytes).Split('\n', 3) is [var of, var sort, var key]
                && of == list && long.TryParse(sort, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return new PageCursor(of, number, key);
        }
        throw new FormatException("the place to go on from is none of this list in this order: begin again without it");
    }

    /// <summary>The key of a list whose keys are numbers.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public long NumberKey => long.Parse(Key, NumberStyles.None, CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> Check(byte[] text) => SHA256.HashData(text).AsSpan(0, CheckBytes);
}
