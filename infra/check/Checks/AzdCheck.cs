using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;
using IoMTAD.Infra.Templates;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Checks;

/// <summary>azd finds what it deploys to by a tag, and calls hooks by name; what it does not know it passes over.</summary>
internal sealed class AzdCheck : ICheck
{
    private const string File = "azure.yaml", ServiceTag = "azd-service-name";
    private static readonly string[] Commands = ["provision", "infracreate", "infradelete", "deploy", "package", "restore", "publish",
        "build", "up", "down"];
    private static readonly string[] Events = [.. Commands.SelectMany(c => new[] { "pre" + c, "post" + c })];

    public string Name => "azd";

    public string Purpose => "azure.yaml: known keys, projects and hooks that exist, services that the template's tags name";

    public void Run(DeploymentTree tree, Report report)
    {
        if (tree.Single(File, report) is not { } document) return;
        Shape.Hold<AzureYaml>(document, report);
        Hooks(tree, report, document, document.Root.Find("hooks"), "");
        foreach (var (name, service) in document.Root.Entries("services"))
        {
            var project = service.Text("project") ?? "";
            if (tree.Find(project, "*.csproj").Count == 0)
                report.Add(document.At(service.Find("project")), $"there is no project in '{project}'",
                    "name the folder of the project from the top of the tree");
            Hooks(tree, report, document, service.Find("hooks"), project);
        }
        if (tree.Template(report) is { } template) Services(tree, report, document, template);
    }

    private static void Services(DeploymentTree tree, Report report, Document document, Template template)
    {
        var tagged = template.Resources.Where(r => r.Tags?.ContainsKey(ServiceTag) == true)
            .ToLookup(r => Scope.Text(r.Tags![ServiceTag]), StringComparer.Ordinal);
        var services = document.Root.Entries("services").ToList();
        foreach (var (name, _) in services)
            if (tagged[name.Value!].Count() != 1)
                report.Add(document.At(name),
                    $"{tagged[name.Value!].Count()} resources of the template have the tag {ServiceTag} '{name.Value}'",
                    "one has to: azd deploys to it");
        foreach (var name in tagged.Select(t => t.Key).Except(services.Select(s => s.Key.Value!)))
            report.Add(tree.Locate(tree.Compilation.Files, ServiceTag), $"the tag {ServiceTag} '{name}' names no service of azure.yaml",
                "spell both alike");
    }

    private static void Hooks(DeploymentTree tree, Report report, Document document, YamlNode? hooks, string folder)
    {
        foreach (var (name, hook) in hooks.Entries())
        {
            if (!Events.Contains(name.Value))
                report.Add(document.At(name), $"azd never calls a hook '{name.Value}'", Spelling.Advice(name.Value!, Events));
            foreach (var step in new[] { hook, hook.Find("posix"), hook.Find("windows") })
                if (step.Find("run") is { } run && !tree.Has(Path.Combine(folder, run.Text()!)))
                    report.Add(document.At(run), $"the hook {name.Value} runs '{run.Text()}', which is not there",
                        "name a file from the top of the tree");
        }
    }
}
