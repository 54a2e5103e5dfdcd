namespace IoMTAD.Tests;

/// <summary>Finds the real captures and dataset rows that are not part of the repository.</summary>
/// <remarks><c>IOMTAD_DATA</c>, else <c>../shared/data</c> beside the checkout. A test that needs them is skipped, and says why,
/// where they are absent.</remarks>
internal static class SharedData
{
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    private static readonly string Root =
        Environment.GetEnvironmentVariable("IOMTAD_DATA") ?? Path.Combine(RepositoryRoot, "..", "shared", "data");

    /// <summary>The folder, or a skipped test.</summary>
    public static string Require(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, relative));
        Assert.SkipUnless(Path.Exists(path), $"needs the data folder '{relative}': set IOMTAD_DATA to where it lies");
        return path;
    }

    /// <summary>The folder, or nothing: for tests that also run on less.</summary>
    public static string? Find(string relative) => Path.Combine(Root, relative) is var path && Path.Exists(path) ? Path.GetFullPath(path) : null;

    private static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "IoMTAD.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"IoMTAD.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
