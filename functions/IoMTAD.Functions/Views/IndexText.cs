using System.Security.Cryptography;
using System.Text;

namespace IoMTAD.Functions.Views;

/// <summary>Names as columns hold them: the database takes no character 0, and no index a long text.</summary>
/// <remarks>Whatever stands in an event must not keep it from being recorded.</remarks>
internal static class IndexText
{
    /// <summary>Stands between names of a list; no name holds it.</summary>
    public const char Separator = '\n';

    private const int Longest = 400;

    /// <returns>A short name as it is; of others the beginning, and a digest of all.</returns>
    public static string Of(string name)
    {
        var text = name.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? name : Plain(name);
        if (text.Length <= Longest && text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0) return text;
        var begin = new string([.. text.Take(Longest).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]);
        return $"{begin}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
    }

    public static string? OfOptional(string? name) => name is null ? null : Of(name);

    /// <summary>Text that is only searched in.</summary>
    public static string Plain(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\ufffd');
}
