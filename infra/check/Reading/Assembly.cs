using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Reading;

/// <summary>Does for manifests what the checks need of kustomize, where that is not there: resources, generated maps, versions of images.</summary>
internal static class Assembly
{
    public static Deployed Of(DeploymentTree tree, Report report, Document kustomization) =>
        new(kustomization.File, [.. Documents(tree, report, kustomization)]);

    private static List<Document> Documents(DeploymentTree tree, Report report, Document kustomization)
    {
        var documents = new List<Document>();
        foreach (var resource in kustomization.Root.Items("resources").Concat(kustomization.Root.Items("components")))
        {
            var path = Manifests.Beside(kustomization, resource.Text() ?? "");
            if (tree.Has($"{path}/{Manifests.KustomizationFile}"))
                documents.AddRange(tree.Documents($"{path}/{Manifests.KustomizationFile}", report)
                    .SelectMany(k => Documents(tree, report, k)));
            // Read anew, for what follows changes it.
            else if (tree.Has(path) && tree.Documents(path, report).Count > 0)
                documents.AddRange(YamlNodes.Parse(tree.Read(path)).Select(node => new Document(path, node)));
            else report.Add(kustomization.At(resource), $"there is no '{resource.Text()}'",
                "name a file, or a folder with a kustomization.yaml");
        }
        documents.AddRange(kustomization.Root.Items("configMapGenerator").Select(g => Map(tree, report, kustomization, g)));
        foreach (var container in Workload.Of(documents).SelectMany(w => w.AllContainers))
            if (container.Find("image") is YamlScalarNode image && kustomization.Root.Items("images")
                .FirstOrDefault(i => i.Text("name") == image.Value) is { } chosen)
                image.Value = $"{chosen.Text("newName") ?? image.Value}{(chosen.Text("digest") is { } digest ? "@" + digest : ":" + chosen.Text("newTag"))}";
        return documents;
    }

    private static Document Map(DeploymentTree tree, Report report, Document kustomization, YamlNode generator)
    {
        var data = new YamlMappingNode();
        foreach (var line in generator.Items("envs").SelectMany(e => Lines(e))
            .Concat(generator.Items("literals").Select(l => l.Text() ?? "")))
            if (line is not ("" or ['#', ..])) data.Children[line.Split('=')[0]] = Quoted(line.Split('=', 2)[^1]);
        foreach (var file in generator.Items("files").Select(f => f.Text()!.Split('=')))
            data.Children[Path.GetFileName(file[0])] = Quoted("");
        var map = new YamlMappingNode("apiVersion", "v1", "kind", "ConfigMap", "metadata",
            new YamlMappingNode("name", generator.Text("name") ?? ""), "data", data);
        return new(kustomization.File, map, kustomization.At(generator));

        static YamlScalarNode Quoted(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };

        string[] Lines(YamlNode env)
        {
            var path = Manifests.Beside(kustomization, env.Text()!);
            if (tree.Has(path)) return tree.Lines(path);
            report.Add(kustomization.At(env), $"there is no '{env.Text()}'", "name a file beside this one");
            return [];
        }
    }
}
