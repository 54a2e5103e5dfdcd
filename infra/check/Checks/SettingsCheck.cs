using System.Text.RegularExpressions;
using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;
using IoMTAD.Infra.Templates;

namespace IoMTAD.Infra.Checks;

/// <summary>A misspelt setting is a default in silence; a missing one is a host that does not start.</summary>
internal sealed partial class SettingsCheck : ICheck
{
    private const string Sample = "local.settings.sample.json", Operations = "docs/operations.md";

    public string Name => "settings";

    public string Purpose => "settings in Bicep, Kubernetes, the sample and docs/operations.md: those that the host's source reads, none missing";

    public void Run(DeploymentTree tree, Report report)
    {
        var host = new HostSettings(tree);
        OfTheSample(tree, report, host);
        OfTheDocument(tree, report, host);
        if (tree.Template(report) is { } template)
        {
            var settings = AppSettings.Of(template).DistinctBy(s => s.Name)
                .ToDictionary(s => s.Name, s => s.Value, StringComparer.OrdinalIgnoreCase);
            Hold(report, host, settings, name => tree.Locate(tree.Compilation.Files, name), tree.LocateResource("Microsoft.Web/sites"));
        }
        if (tree.Has("infra/kubernetes")) OfKubernetes(tree, report, host);
    }

    private static void OfKubernetes(DeploymentTree tree, Report report, HostSettings host)
    {
        var files = tree.Find("infra/kubernetes", "*.env").Concat(tree.Find("infra/kubernetes", "*.yaml")).ToList();
        foreach (var container in HostContainer.Of(new Manifests(tree, report)))
            Hold(report, host, container.Settings, name => tree.Locate(files, name), container.Workload.Document.Place);
    }

    private static void OfTheSample(DeploymentTree tree, Report report, HostSettings host)
    {
        if (tree.Single(Sample, report) is not { } document) return;
        var settings = document.Root.Texts("Values");
        foreach (var (name, value) in document.Root.Texts("ConnectionStrings")) settings[$"ConnectionStrings:{name}"] = value;
        Hold(report, host, settings, name => tree.Locate([Sample], $"\"{name.Split(':')[^1]}\""), document.Place);
    }

    private static void Hold(Report report, HostSettings host, Dictionary<string, string> settings, Func<string, Place> locate, Place all)
    {
        var given = settings.ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => s.Value,
            StringComparer.OrdinalIgnoreCase);
        // A setting of host.json may name another one, which holds a connection.
        var named = given.Where(g => g.Key.EndsWith("connectionStringName", StringComparison.OrdinalIgnoreCase)).Select(g => g.Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in settings.Keys.Where(name => !host.Knows(name.Replace("__", ":", StringComparison.Ordinal))
            && !named.Contains(name)))
            report.Add(locate(name), $"the host reads no setting '{name}'",
                Spelling.Advice(name, host.Known.Select(k => k.Replace(":", "__", StringComparison.Ordinal))));
        foreach (var name in host.MissingFrom(given))
            report.Add(all, $"the host's setting '{name}' is not set", "set it: it has no default");
    }

    // The first column names a setting in full, then those beside it by their last part: `Kafka:Brokers`, `Topic`.
    private static void OfTheDocument(DeploymentTree tree, Report report, HostSettings host)
    {
        report.See(Operations);
        var lines = tree.Lines(Operations);
        var start = Array.IndexOf(lines, "## Settings");
        var (named, isMisspelt) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), false);
        for (var i = start + 1; start >= 0 && i < lines.Length && !lines[i].StartsWith("## ", StringComparison.Ordinal); i++)
        {
            var section = "";
            foreach (Match match in Code().Matches(lines[i].StartsWith('|') ? lines[i].Split('|')[1] : ""))
            {
                var name = match.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal);
                if (name.Split(':') is [var first, _]) section = first;
                else if (section.Length > 0 && !host.Knows(name)) name = $"{section}:{name}";
                named.Add(name);
                if (name == "notifications" || host.Knows(name)) continue;
                isMisspelt = true;
                report.Add(Operations, i + 1, $"the host reads no setting '{name}'", Spelling.Advice(name, host.Known));
            }
        }
        // What is unknown may be what is missing, misspelt.
        foreach (var name in host.Read.Where(name => !isMisspelt && !named.Contains(name)
            && !name.StartsWith("WEBSITE_", StringComparison.Ordinal)))
            report.Add(Operations, Math.Max(start, 0) + 1, $"the host reads the setting '{name}', and the table does not name it",
                "add a row");
    }

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
