using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Reading;

/// <summary>What one folder of infra/kubernetes puts into a cluster.</summary>
/// <param name="File">Its kustomization.yaml.</param>
internal sealed record Deployed(string File, IReadOnlyList<Document> Documents)
{
    public IEnumerable<Document> Of(string kind) => Documents.Where(d => d.Kind == kind);
}

/// <summary>The Kubernetes manifests: as they are written, and as kustomize puts them together.</summary>
internal sealed class Manifests
{
    private const string Folder = "infra/kubernetes", Kustomization = "kustomization.yaml";

    public Manifests(DeploymentTree tree, Report report)
    {
        Written = [.. tree.Find(Folder, "*.yaml").SelectMany(file => tree.Documents(file, report))];
        Patches = Kustomizations.SelectMany(k => k.Root.Items("patches").Select(p => p.Text("path")).OfType<string>().Select(p => Beside(k, p))).ToHashSet(StringComparer.Ordinal);
        // A folder that others build on is not deployed by itself.
        Used = Kustomizations.SelectMany(k => k.Root.Items("resources").Concat(k.Root.Items("components")).Select(r => Beside(k, r.Text()!)))
            .Concat(Patches).ToHashSet(StringComparer.Ordinal);
        var tops = Kustomizations.Where(k => k.Kind != "Component" && !Used.Contains(Path.GetDirectoryName(k.File)!)).ToList();
        if (Tool.IsThere("kubectl")) Deployed = [.. tops.Select(k => Render(tree, report, k)).OfType<Deployed>()];
        else
        {
            report.Note("kubectl is not installed here: manifests are looked at as they are written, without their patches");
            Deployed = [new(Folder, [.. Written.Where(d => d.Kind is not ("" or "Kustomization" or "Component") && !Patches.Contains(d.File))])];
        }
    }

    public IReadOnlyList<Document> Written { get; }

    /// <summary>Files that hold only parts of documents.</summary>
    public IReadOnlySet<string> Patches { get; }

    /// <summary>Files and folders that a kustomization names.</summary>
    public IReadOnlySet<string> Used { get; }

    public IReadOnlyList<Deployed> Deployed { get; }

    public IEnumerable<Document> Kustomizations => Written.Where(IsKustomization);

    public static bool IsKustomization(Document document) => document.File.EndsWith(Kustomization, StringComparison.Ordinal);

    private static string Beside(Document document, string path) => // "infra/kubernetes/base" of "../base"
        Path.GetRelativePath("/", Path.GetFullPath(path, Path.Combine("/", Path.GetDirectoryName(document.File)!)));

    private Deployed? Render(DeploymentTree tree, Report report, Document kustomization)
    {
        var output = Tool.Run("kubectl", tree.Root, "kustomize", Path.GetDirectoryName(kustomization.File)!);
        if (output.ExitCode != 0)
        {
            report.Add(kustomization.File, 1, $"kustomize does not take it: {output.Error.Trim().ReplaceLineEndings(" ")}", "mend it");
            return null;
        }
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(output.Text))));
        return new(kustomization.File, [.. stream.Documents.Select(d => Traced(new Document(kustomization.File, d.RootNode)))]);
    }

    // What was made by a generator has no source but the kustomization.
    private Document Traced(Document made)
    {
        var source = Written.FirstOrDefault(d => d.Kind == made.Kind && d.Name == made.Name && !Patches.Contains(d.File));
        return made with { File = source?.File ?? made.File, Origin = source?.Place ?? new Place(made.File, 1) };
    }
}
