using System.Text.RegularExpressions;

namespace IoMTAD.Infra.Shapes;

/// <summary>Kubernetes' way to write an amount: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.</summary>
internal static partial class Quantity
{
    public static bool IsOne(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"^[+-]?(\d+|\d+\.\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
