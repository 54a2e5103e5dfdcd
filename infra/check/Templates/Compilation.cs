using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace IoMTAD.Infra.Templates;

/// <summary>What the Bicep compiler made of infra/main.bicep and its modules, and said about them.</summary>
/// <param name="Template">Null where it does not compile.</param>
/// <param name="Files">All .bicep files of infra/.</param>
internal sealed record Compilation(Template? Template, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Files)
{
    public const string Main = "infra/main.bicep";

    private static readonly ConcurrentDictionary<string, Lazy<Compilation>> Known = new(StringComparer.Ordinal);

    /// <summary>The same files are compiled once in a process, whichever tree they lie in.</summary>
    public static Compilation Of(DeploymentTree tree)
    {
        var files = tree.Find("infra", "*.bicep");
        var text = string.Concat(files.Concat(tree.Find("infra", "*.json")).Select(f => f + tree.Read(f)));
        return Known.GetOrAdd(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))), _ => new(() => Make(tree, files))).Value;
    }

    private static Compilation Make(DeploymentTree tree, IReadOnlyList<string> files)
    {
        if (!tree.Has(Main)) return new(null, [new(Main, 1, "is not there", "add it: azd deploys it")], files);
        var output = Tool.Run(Compiler, tree.Root, "build", Main, "--stdout", "--diagnostics-format", "sarif");
        // That a module has errors is said by the errors.
        var findings = Read(tree, output.Error).Where(f => !f.Fault.StartsWith("BCP104", StringComparison.Ordinal)).ToList();
        if (output.ExitCode == 0) return new(new Template(JsonNode.Parse(output.Text)!.AsObject()), findings, files);
        if (findings.Count == 0) findings.Add(new(Main, 1, $"does not compile: {output.Error.Trim()}", "mend it"));
        return new(null, findings, files);
    }

    private static string Compiler
    {
        get
        {
            var path = typeof(Compilation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Bicep").Value!;
            if (!File.Exists(path)) throw new FileNotFoundException("the Bicep compiler is gone from the package folder: build this project again", path);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
            return path;
        }
    }

    private static IEnumerable<Finding> Read(DeploymentTree tree, string sarif)
    {
        if (!sarif.StartsWith('{')) yield break;
        foreach (var result in JsonNode.Parse(sarif)!["runs"]!.AsArray().SelectMany(r => r!["results"]!.AsArray()))
        {
            var place = result!["locations"]![0]!["physicalLocation"]!;
            var file = Path.GetRelativePath(tree.Root, new Uri(place["artifactLocation"]!["uri"]!.GetValue<string>()).LocalPath).Replace('\\', '/');
            var text = result["message"]!["text"]!.GetValue<string>().Split(" [https://")[0];
            yield return new(file, place["region"]!["startLine"]!.GetValue<int>(), $"{result["ruleId"]}: {text}", "mend it: every warning of the compiler counts");
        }
    }
}
