using IoMTAD.Tests;

namespace IoMTAD.Infra.Tests.Mistakes;

/// <summary>The deployment files of this tree in a folder of their own, where they may be spoilt.</summary>
internal sealed class Planted : IDisposable
{
    private static readonly string[] Folders = ["infra", "docs", "functions", "training"];
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "dist"];
    private readonly TemporaryFolder folder = new();

    /// <param name="changed">Files that will be: their top folders are copied, as is infra, the others are linked.</param>
    public Planted(params string[] changed)
    {
        foreach (var top in Directory.EnumerateFiles(SharedData.RepositoryRoot)) File.Copy(top, folder.File(Path.GetFileName(top)));
        foreach (var top in Folders)
        {
            var from = Path.Combine(SharedData.RepositoryRoot, top);
            if (top == "infra" || changed.Any(c => c.StartsWith(top + "/", StringComparison.Ordinal))) Copy(from, folder.File(top));
            else Directory.CreateSymbolicLink(folder.File(top), from);
        }
    }

    public string Full(string file) => folder.File(file);

    public void Plant(Mistake mistake)
    {
        var text = File.ReadAllText(Full(mistake.File));
        var at = text.IndexOf(mistake.Was, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{mistake.File} has no '{mistake.Was}' any more: plant the mistake elsewhere");
        File.WriteAllText(Full(mistake.File), text[..at] + mistake.Becomes + text[(at + mistake.Was.Length)..]);
    }

    public Report Check(string name, bool hasKustomize = true) =>
        Assert.Single(CheckList.Run(new DeploymentTree(folder.Path) { HasKustomize = hasKustomize && Tool.HasKustomize }, [name]));

    public IReadOnlyList<Report> Check(IReadOnlyCollection<string> names) => CheckList.Run(new DeploymentTree(folder.Path), names);

    public void Dispose() => folder.Dispose();

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var below in Directory.EnumerateDirectories(from))
            if (!NotOurs.Contains(Path.GetFileName(below))) Copy(below, Path.Combine(to, Path.GetFileName(below)));
    }
}
