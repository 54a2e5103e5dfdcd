using IoMTAD.Infra.Queries;
using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Checks;

/// <summary>Grafana says nothing of a key that it does not know, and shows an empty panel where a data source is not there.</summary>
internal sealed class GrafanaCheck : ICheck
{
    private const string Folder = "infra/grafana";

    public string Name => "grafana";

    public string Purpose => "infra/grafana: provisioning of known keys without secrets, dashboards whole and of data sources that are there";

    public void Run(DeploymentTree tree, Report report)
    {
        var sources = Sources(tree, report).ToHashSet(StringComparer.Ordinal);
        foreach (var file in tree.Find(Folder + "/provisioning/dashboards", "*.yaml"))
            if (tree.Single(file, report) is { } document) Shape.Hold<GrafanaProviders>(document, report);
        Dashboards(tree, report, sources);
    }

    private static IEnumerable<string> Sources(DeploymentTree tree, Report report)
    {
        foreach (var file in tree.Find(Folder + "/provisioning/datasources", "*.yaml"))
        {
            if (tree.Single(file, report) is not { } document) continue;
            Shape.Hold<GrafanaDataSources>(document, report);
            foreach (var source in document.Root.Items("datasources"))
            {
                foreach (var (name, value) in source.Entries("secureJsonData").Where(s => s.Value.Text()?.Contains('$') != true))
                    report.Add(document.At(value), $"the data source '{source.Text("name")}' has the secret '{name.Value}' in clear",
                        "write $NAME or $__file{PATH}");
                yield return source.Text("uid") ?? "";
            }
        }
    }

    private static void Dashboards(DeploymentTree tree, Report report, HashSet<string> sources)
    {
        var read = tree.Find(Folder + "/dashboards", "*.json").SelectMany(file => tree.Documents(file, report)).ToList();
        foreach (var document in read.Where(d => d.Root is not YamlMappingNode))
            report.Add(document.Place, "is no dashboard", "make it anew: npm run build");
        var whole = read.Where(d => d.Root is YamlMappingNode).Select(d => Dashboard.Parse(d.File, tree.Read(d.File))).ToList();
        foreach (var (document, source) in read.SelectMany(d => d.Root.Below().Select(n => (d, n.Find("datasource", "uid")))))
            if (source.Text() is { } uid && !uid.StartsWith('$') && !uid.StartsWith('-') && !sources.Contains(uid))
                report.Add(document.At(source), $"there is no data source '{uid}'", $"provisioned are {string.Join(", ", sources)}");
        foreach (var twice in whole.CountBy(d => d.Uid).Where(c => c.Value > 1))
            report.Add(Folder + "/dashboards", 1, $"{twice.Value} dashboards have the uid '{twice.Key}'", "give each its own");
        try
        {
            foreach (var fault in DashboardRules.Check(whole, [.. sources, .. whole.SelectMany(d => d.Queries).Select(q => q.Source)]))
                report.Add(tree.Locate([fault.File],
                    $"\"title\": \"{fault.Place.Split('\'') switch { [_, var title, ..] => title, _ => "" }}\""),
                    $"{fault.Place} {fault.Fault}", "mend it in src/, and npm run build");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            report.Add(Folder + "/dashboards", 1, $"a panel lacks what every panel has: {e.Message}",
                "make the dashboards anew: npm run build");
        }
    }
}
