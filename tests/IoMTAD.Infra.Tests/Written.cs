using IoMTAD.Tests;

namespace IoMTAD.Infra.Tests;

/// <summary>A tree of files written for one test.</summary>
internal sealed class Written : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public Written(params IEnumerable<(string File, string Text)> files)
    {
        foreach (var (file, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file))!);
            File.WriteAllText(folder.File(file), text);
        }
        Tree = new DeploymentTree(folder.Path);
    }

    public DeploymentTree Tree { get; }

    public void Dispose() => folder.Dispose();
}
