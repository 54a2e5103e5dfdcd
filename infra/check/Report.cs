using IoMTAD.Infra.Reading;

namespace IoMTAD.Infra;

/// <summary>What one check has looked at and found.</summary>
public sealed class Report(string check)
{
    private readonly SortedSet<string> files = new(StringComparer.Ordinal);
    private readonly List<Finding> findings = [];
    private readonly List<string> notes = [];

    public string Check { get; } = check;

    public IReadOnlyCollection<string> Files => files;

    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>What could not be looked at here, for example because a tool is absent.</summary>
    public IReadOnlyList<string> Notes => notes;

    public void See(string file) => files.Add(file);

    public void See(IEnumerable<string> seen) => files.UnionWith(seen);

    public void Note(string text) => notes.Add(text);

    public void Add(string file, int line, string fault, string remedy) => Add(new(file, line, fault, remedy));

    internal void Add(Place place, string fault, string remedy) => Add(new(place.File, place.Line, fault, remedy));

    private void Add(Finding finding)
    {
        if (!findings.Contains(finding)) findings.Add(finding);
    }
}
