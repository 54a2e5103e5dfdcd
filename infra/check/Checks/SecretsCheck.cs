using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IoMTAD.Infra.Templates;

namespace IoMTAD.Infra.Checks;

/// <summary>A secret goes from where it is made into Key Vault, and from there by reference; see the table in docs/operations.md.</summary>
internal sealed partial class SecretsCheck : ICheck
{
    private const string ByReference = "keep it in Key Vault and write @Microsoft.KeyVault(...)";

    public string Name => "secrets";

    public string Purpose => "the compiled template: no secret in an app setting, a container's environment or an output";

    public void Run(DeploymentTree tree, Report report)
    {
        if (tree.Template(report) is not { } template) return;
        var files = tree.Compilation.Files;
        foreach (var (name, value) in AppSettings.Of(template))
            if (IsRead(value) || WithPassword().IsMatch(value) || (NamesSecret(name) && value.Length > 0 && !value.Contains("@Microsoft.KeyVault(", StringComparison.Ordinal)))
                report.Add(tree.Locate(files, name), $"the setting {name} holds a secret in clear", ByReference);
        foreach (var output in template.Outputs)
            if (IsRead(output.Value) && (output.IsOutermost || !output.Type.StartsWith("secure", StringComparison.OrdinalIgnoreCase)))
                report.Add(tree.Locate(files, $"output {output.Name} "), $"the output {output.Name} holds a secret", "put out its name in Key Vault: outputs are kept in the deployment's log");
        foreach (var app in template.Of("Microsoft.App/containerApps").Concat(template.Of("Microsoft.App/jobs")))
        {
            foreach (var secret in Objects(app.Body["properties"]?["configuration"]?["secrets"]).Where(s => s.ContainsKey("value")))
                report.Add(tree.Locate(files, Scope.Text(secret["name"])), $"the container's secret {Scope.Text(secret["name"])} is given by value", "give keyVaultUrl and identity");
            foreach (var variable in Containers(app).SelectMany(c => Objects(c["env"])))
                if (variable.ContainsKey("value") && (NamesSecret(Scope.Text(variable["name"])) || IsRead(Scope.Text(variable["value"]))))
                    report.Add(tree.Locate(files, Scope.Text(variable["name"])), $"the variable {Scope.Text(variable["name"])} holds a secret in clear", "give secretRef");
        }
    }

    private static IEnumerable<JsonObject> Containers(Resource app) =>
        Objects(app.Body["properties"]?["template"]?["containers"]).Concat(Objects(app.Body["properties"]?["template"]?["initContainers"]));

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];

    // A key that Azure hands out, or a parameter that is marked secure.
    private static bool IsRead(string value) => Reading().IsMatch(value);

    // By its last part: ConnectionStrings:Record counts by what it holds, for with Entra it has no password.
    private static bool NamesSecret(string name) => Secret().IsMatch(name);

    [GeneratedRegex(@"\blist(\w*Keys|\w*Sas|Secrets?|ConnectionStrings?|Credentials?)\(|secureParameter\(|secretReference\(", RegexOptions.ExplicitCapture)]
    private static partial Regex Reading();

    [GeneratedRegex(@"\b(Password|Pwd|AccountKey|SharedAccessKey)=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex WithPassword();

    [GeneratedRegex("(password|token|keys?|secret|connectionstring)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
