using System.Security.Cryptography;
using System.Text;

namespace IoMTAD.Policy;

/// <summary>Free text that a person wrote. Events hold only its salted digest, so the text can be erased and the chain of hashes still holds.</summary>
/// <param name="Digest">SHA-256 over salt and text, lower-case hex: it proves the text while it is there, and tells nothing once it is gone.</param>
/// <param name="Salt">16 random bytes, lower-case hex; erased with the text.</param>
public sealed record PersonalText(string Digest, string Salt, string Text)
{
    public const int SaltBytes = 16;

    /// <summary>Longer texts are refused: a note is no place for files.</summary>
    public const int LongestText = 4000;

    /// <param name="salt"><see cref="SaltBytes"/> random bytes.</param>
    public static PersonalText Of(string text, ReadOnlySpan<byte> salt) => new(DigestOf(text, salt), Convert.ToHexStringLower(salt), text);

    /// <summary>The text is the one whose digest was recorded.</summary>
    public bool Holds() =>
        Salt.Length % 2 == 0 && Salt.All(char.IsAsciiHexDigitLower) && Digest == DigestOf(Text, Convert.FromHexString(Salt));

    private static string DigestOf(string text, ReadOnlySpan<byte> salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
