namespace IoMTAD.Infra.Reading;

internal sealed record Deployed(string File, IReadOnlyList<Document> Documents)
{
    public IEnumerable<Document> Of(string kind) => Documents.Where(d => d.Kind == kind);
}

internal sealed class Manifests
{
    public const string KustomizationFile = "kustomization.yaml";
    private const string Folder = "infra/kubernetes";

    public Manifests(DeploymentTree tree, Report report)
    {
        Written = [.. tree.Find(Folder, "*.yaml").SelectMany(file => tree.Documents(file, report))];
        Patches = Kustomizations.SelectMany(k => k.Root.Items("patches").Select(p => p.Text("path")).OfType<string>()
            .Select(p => Beside(k, p))).ToHashSet(StringComparer.Ordinal);
        // A folder that others build on is not deployed by itself.
        Used = Kustomizations.SelectMany(k => k.Root.Items("resources").Concat(k.Root.Items("components"))
            .Select(r => Beside(k, r.Text()!)))
            .Concat(Patches).ToHashSet(StringComparer.Ordinal);
        var tops = Kustomizations.Where(k => k.Kind != "Component" && !Used.Contains(Path.GetDirectoryName(k.File)!)).ToList();
        Deployed = [.. tops.Select(k => tree.HasKustomize ? Render(tree, report, k) : Assembly.Of(tree, report, k)).OfType<Deployed>()];
        if (!tree.HasKustomize)
            report.Note("there is no kubectl with kustomize 5 here: maps and versions of images were put in, patches were not");
    }

    public IReadOnlyList<Document> Written { get; }

    /// <summary>Files that hold only parts of documents.</summary>
    public IReadOnlySet<string> Patches { get; }

    /// <summary>Files and folders that a kustomization names.</summary>
    public IReadOnlySet<string> Used { get; }

    public IReadOnlyList<Deployed> Deployed { get; }

    public IEnumerable<Document> Kustomizations => Written.Where(IsKustomization);

    public static bool IsKustomization(Document document) => document.File.EndsWith(KustomizationFile, StringComparison.Ordinal);

    /// <summary>"infra/kubernetes/base" of "../base".</summary>
    public static string Beside(Document document, string path) =>
        Path.GetRelativePath("/", Path.GetFullPath(path, Path.Combine("/", Path.GetDirectoryName(document.File)!)));

    private Deployed? Render(DeploymentTree tree, Report report, Document kustomization)
    {
        var output = Tool.Run("kubectl", tree.Root, "kustomize", Path.GetDirectoryName(kustomization.File)!);
        if (output.ExitCode != 0)
        {
            report.Add(kustomization.File, 1, $"kustomize does not take it: {output.Error.Trim().ReplaceLineEndings(" ")}", "mend it");
            return null;
        }
        return new(kustomization.File, [.. YamlNodes.Parse(output.Text).Select(node => Traced(new Document(kustomization.File, node)))]);
    }

    // What was made by a generator has no source but the kustomization.
    private Document Traced(Document made)
    {
        var source = Written.FirstOrDefault(d => d.Kind == made.Kind && d.Name == made.Name && !Patches.Contains(d.File));
        return made with { File = source?.File ?? made.File, Origin = source?.Place ?? new Place(made.File, 1) };
    }
}
