using System.Text.RegularExpressions;
using IoMTAD.Infra.Templates;

namespace IoMTAD.Infra.Checks;

/// <summary>The compiler knows every property of every resource type, so a misspelt one is a warning here and a failed deployment elsewhere.</summary>
internal sealed partial class BicepCheck : ICheck
{
    public string Name => "bicep";

    public string Purpose => "infra/**/*.bicep: it compiles without a warning, and main.bicep uses every module";

    public void Run(DeploymentTree tree, Report report)
    {
        report.See(tree.Compilation.Files);
        foreach (var finding in tree.Compilation.Findings) report.Add(finding.File, finding.Line, finding.Fault, finding.Remedy);
        if (!tree.Has(Compilation.Main)) return;
        var used = new HashSet<string>(StringComparer.Ordinal);
        Follow(tree, Compilation.Main, used);
        foreach (var file in tree.Compilation.Files.Except(used))
            report.Add(file, 1, "main.bicep uses it nowhere, so it was not compiled", "use it or delete it");
    }

    private static void Follow(DeploymentTree tree, string file, HashSet<string> used)
    {
        if (!tree.Has(file) || !used.Add(file)) return;
        var folder = Path.GetDirectoryName(tree.Full(file))!;
        foreach (Match match in Reference().Matches(tree.Read(file)))
            Follow(tree, Path.GetRelativePath(tree.Root, Path.GetFullPath(match.Groups["path"].Value, folder)).Replace('\\', '/'), used);
    }

    [GeneratedRegex(@"(^module \w+|\bfrom)\s+'(?<path>[^':]+\.bicep)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
