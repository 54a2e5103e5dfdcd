using IoMTAD.Tests;

namespace IoMTAD.Infra.Tests;

/// <summary>The deployment files of this tree in a folder of their own, where they may be spoilt.</summary>
internal sealed class Planted : IDisposable
{
    private static readonly string[] Folders = ["infra", "docs", "functions", "training"];
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "dist"];
    private readonly TemporaryFolder folder = new();

    /// <param name="file">The one that will be changed: its top folder is copied, the others are linked.</param>
    public Planted(string file)
    {
        foreach (var top in Directory.EnumerateFiles(SharedData.RepositoryRoot)) File.Copy(top, folder.File(Path.GetFileName(top)));
        foreach (var top in Folders)
        {
            var from = Path.Combine(SharedData.RepositoryRoot, top);
            if (top == "infra" || file.StartsWith(top + "/", StringComparison.Ordinal)) Copy(from, folder.File(top));
            else Directory.CreateSymbolicLink(folder.File(top), from);
        }
    }

    public string Full(string file) => folder.File(file);

    /// <summary>Puts one text in place of another, which has to be there.</summary>
    public void Replace(string file, string was, string becomes)
    {
        var text = File.ReadAllText(Full(file));
        var at = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{was}' any more: plant the mistake elsewhere");
        File.WriteAllText(Full(file), text[..at] + becomes + text[(at + was.Length)..]);
    }

    public Report Check(string name) => Assert.Single(CheckList.Run(new DeploymentTree(folder.Path), [name]));

    public void Dispose() => folder.Dispose();

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var below in Directory.EnumerateDirectories(from))
            if (!NotOurs.Contains(Path.GetFileName(below))) Copy(below, Path.Combine(to, Path.GetFileName(below)));
    }
}
