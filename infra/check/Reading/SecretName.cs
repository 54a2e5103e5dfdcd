using System.Text.RegularExpressions;

namespace IoMTAD.Infra.Reading;

/// <summary>Names of settings and variables whose values nobody may read.</summary>
internal static partial class SecretName
{
    /// <summary>Whether its last word says so. <c>ConnectionStrings__Record</c> counts by what it holds: with Entra it has no password.</summary>
    public static bool IsOne(string? name) => Secret().IsMatch(name ?? "");

    [GeneratedRegex("(password|token|keys?|secret|connectionstring)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
