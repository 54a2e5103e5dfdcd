using System.Text.Json;

namespace IoMTAD.Infra.Checks;

/// <summary>What cannot be parsed, or says the same key twice, no other check can judge.</summary>
internal sealed class SyntaxCheck : ICheck
{
    private static readonly string[] Patterns = ["*.json", "*.yaml", "*.yml"];

    public string Name => "syntax";

    public string Purpose => "JSON and YAML of infra/ and the top: it parses, no key twice";

    public void Run(DeploymentTree tree, Report report)
    {
        foreach (var file in Patterns.SelectMany(p => tree.Find("infra", p).Concat(tree.FindAtTop(p)))) tree.Documents(file, report);
        foreach (var file in tree.Find("infra", "*.ndjson"))
        {
            report.See(file);
            foreach (var (number, line) in tree.Lines(file).Index())
                if (line.Length > 0 && Fault(line) is { } fault) report.Add(file, number + 1, $"is no JSON: {fault}", "each line is one object");
        }
    }

    private static string? Fault(string line)
    {
        try
        {
            using var parsed = JsonDocument.Parse(line, new() { AllowDuplicateProperties = false });
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? null : "it is no object";
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
