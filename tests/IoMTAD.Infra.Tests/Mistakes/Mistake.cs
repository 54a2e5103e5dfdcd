namespace IoMTAD.Infra.Tests;

/// <summary>One change to one file of the tree, and the only finding that may come of it.</summary>
/// <param name="Title">What somebody did wrong.</param>
/// <param name="Was">Its first occurrence is replaced.</param>
/// <param name="Fault">Part of what the finding has to say.</param>
internal sealed record Mistake(string Title, string Check, string File, string Was, string Becomes, string Fault)
{
    /// <summary>Where the finding is, if not in the changed file.</summary>
    public string? FoundIn { get; init; }

    public static IEnumerable<TheoryDataRow<string>> Titles(IEnumerable<Mistake> mistakes) => mistakes.Select(m => new TheoryDataRow<string>(m.Title));

    /// <summary>Makes it, and holds the check to finding it and nothing else.</summary>
    public static void IsFound(IEnumerable<Mistake> mistakes, string title)
    {
        var mistake = mistakes.Single(m => m.Title == title);
        using var tree = new Planted(mistake.File);
        tree.Replace(mistake.File, mistake.Was, mistake.Becomes);
        var finding = Assert.Single(tree.Check(mistake.Check).Findings);
        Assert.Equal(mistake.FoundIn ?? mistake.File, finding.File);
        Assert.Contains(mistake.Fault, finding.Fault, StringComparison.Ordinal);
    }
}
