using System.Text.RegularExpressions;
using IoMTAD.Infra.Templates;

namespace IoMTAD.Infra.Checks;

/// <summary>A role is a number that nobody can read: a wrong one gives other rights, or none.</summary>
internal sealed partial class RolesCheck : ICheck
{
    public string Name => "roles";

    public string Purpose => "role ids in Bicep: known, and the line says which role it is";

    public void Run(DeploymentTree tree, Report report)
    {
        foreach (var file in tree.Compilation.Files)
        {
            var lines = tree.Lines(file);
            foreach (var (number, line) in lines.Index())
                foreach (Match id in Id().Matches(line))
                {
                    report.See(file);
                    if (!BuiltInRoles.Names.TryGetValue(id.Value, out var role))
                        report.Add(file, number + 1, $"{id.Value} is no role that is known here", "mend the id, or add it to BuiltInRoles with its name");
                    else if (!Says(line, role) && !Says(lines[Math.Max(0, number - 1)], role))
                        report.Add(file, number + 1, $"{id.Value} is '{role}', and neither its line nor the one above says so", "name it, or take the id of the role that is named");
                }
        }
    }

    // A variable's name or a comment; "blobDataOwner" says it without the service's name.
    private static bool Says(string line, string role) => Letters(line).Contains(Letters(Service().Replace(role, "")), StringComparison.Ordinal);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();

    [GeneratedRegex("^(Azure|Storage) ", RegexOptions.ExplicitCapture)]
    private static partial Regex Service();

    [GeneratedRegex("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture)]
    private static partial Regex Id();
}
