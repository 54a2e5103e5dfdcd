using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;
using IoMTAD.Infra.Templates;

namespace IoMTAD.Infra.Checks;

/// <summary>azd passes main.parameters.json to main.bicep; a name that differs stops a deployment half way through its questions.</summary>
internal sealed partial class ParametersCheck : ICheck
{
    private const string File = "infra/main.parameters.json";

    public string Name => "parameters";

    public string Purpose => "main.parameters.json: every parameter exists, every required one is given, values are allowed";

    public void Run(DeploymentTree tree, Report report)
    {
        if (tree.Single(File, report) is not { } document || tree.Template(report) is not { } template) return;
        Shape.Hold<ParametersFile>(document, report);
        var given = document.Root.Entries("parameters").ToDictionary(e => e.Key.Value!, e => e, StringComparer.Ordinal);
        foreach (var (name, entry) in given)
            if (template.Parameters[name] is not JsonObject declared)
                report.Add(document.At(entry.Key), $"main.bicep has no parameter '{name}'", Spelling.Advice(name, template.Parameters.Select(p => p.Key)));
            else if (template.Allowed(declared) is { } allowed && Usual(entry.Value.Text("value")) is { } value && !allowed.Any(a => Scope.Text(a) == value))
                report.Add(document.At(entry.Value), $"'{name}' cannot be '{value}'", $"write one of {string.Join(", ", allowed.Select(Scope.Text))}");
        foreach (var (name, declared) in template.Parameters)
            if (declared!["defaultValue"] is null && declared["nullable"] is null && !given.ContainsKey(name))
                report.Add(File, 1, $"the required parameter '{name}' of main.bicep is not given", "add it, or give it a default in main.bicep");
    }

    // ${NAME=value} is the value where the environment has none; ${NAME} alone is not known here.
    private static string? Usual(string? text) => text is null ? null
        : Variable().Match(text) is { Success: true } match ? (match.Groups["usual"] is { Success: true } usual ? usual.Value : null) : text;

    [GeneratedRegex(@"^\$\{\w+(=(?<usual>.*))?\}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
