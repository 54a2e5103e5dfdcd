using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;

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
                foreach (var (name, value) in source.Entries("secureJsonData").Where(s => s.Value.Text()?.StartsWith('$') != true))
                    report.Add(document.At(value), $"the data source '{source.Text("name")}' has the secret '{name.Value}' in clear", "write $NAME or $__file{PATH}");
                yield return source.Text("uid") ?? "";
            }
        }
    }

    private static void Dashboards(DeploymentTree tree, Report report, HashSet<string> sources)
    {
        var files = tree.Find(Folder + "/dashboards", "*.json");
        report.See(files);
    }
}
