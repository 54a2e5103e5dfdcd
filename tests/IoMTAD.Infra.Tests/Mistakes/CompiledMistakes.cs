namespace IoMTAD.Infra.Tests.Mistakes;

/// <summary>Mistakes that only the compiled template shows. They are planted all at once, each in a place of its own: compiling takes seconds.</summary>
public abstract class CompiledMistakes(IReadOnlyList<Mistake> mistakes) : IDisposable
{
    private readonly Planted tree = new([.. mistakes.Select(m => m.File)]);
    private IReadOnlyList<Finding>? findings;

    public void IsFound(string title)
    {
        var mistake = mistakes.Single(m => m.Title == title);
        var found = Findings.Where(mistake.IsFoundBy).ToList();
        var there = Findings.Where(f => f.File == (mistake.FoundIn ?? mistake.File));
        Assert.True(found.Count == 1, $"found {found.Count} times, among\n{string.Join('\n', there)}");
    }

    public void NothingElseIsFound() =>
        Assert.Equal("", string.Join('\n', Findings.Where(f => !mistakes.Any(m => m.IsFoundBy(f)))));

    public void Dispose()
    {
        tree.Dispose();
        GC.SuppressFinalize(this);
    }

    private IReadOnlyList<Finding> Findings
    {
        get
        {
            if (findings is not null) return findings;
            foreach (var mistake in mistakes) tree.Plant(mistake);
            return findings = [.. tree.Check(mistakes.Select(m => m.Check).ToHashSet(StringComparer.Ordinal)).SelectMany(r => r.Findings)];
        }
    }
}
