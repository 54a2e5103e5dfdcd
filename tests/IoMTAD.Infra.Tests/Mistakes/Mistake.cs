namespace IoMTAD.Infra.Tests.Mistakes;

/// <summary>One change to one file of the tree, and the only finding that may come of it.</summary>
/// <param name="Title">What somebody did wrong.</param>
/// <param name="Was">Its first occurrence is replaced.</param>
/// <param name="Fault">Part of what the finding has to say.</param>
public sealed record Mistake(string Title, string Check, string File, string Was, string Becomes, string Fault)
{
    /// <summary>Where the finding is, if not in the changed file.</summary>
    public string? FoundIn { get; init; }

    public static IEnumerable<TheoryDataRow<string>> Titles(IEnumerable<Mistake> mistakes) =>
        mistakes.Select(m => new TheoryDataRow<string>(m.Title));

    /// <summary>Makes it, and holds its check to finding it and nothing else.</summary>
    public static void IsFound(IEnumerable<Mistake> mistakes, string title, bool hasKustomize = true)
    {
        var mistake = mistakes.Single(m => m.Title == title);
        using var tree = new Planted(mistake.File);
        tree.Plant(mistake);
        var findings = tree.Check(mistake.Check, hasKustomize).Findings;
        Assert.True(findings is [var only] && mistake.IsFoundBy(only), $"{findings.Count} findings\n{string.Join('\n', findings)}");
    }

    public bool IsFoundBy(Finding finding) => finding.File == (FoundIn ?? File) && finding.Fault.Contains(Fault, StringComparison.Ordinal);
}
