using System.Text.Json;
using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Templates;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra;

/// <summary>The files of a checkout; each is read once, Bicep is compiled once.</summary>
/// <param name="root">The folder that holds azure.yaml.</param>
public sealed class DeploymentTree(string root)
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", "artifacts"];
    private static readonly string[] TakeComments = ["bicepconfig.json", "tsconfig.json"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions WithComments = new() { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip };
    private readonly Dictionary<string, IReadOnlyList<Document>?> documents = new(StringComparer.Ordinal);
    private Compilation? compilation;

    public string Root { get; } = Path.GetFullPath(root);

    internal Compilation Compilation => compilation ??= Compilation.Of(this);

    /// <summary>What main.bicep compiles to; null, and a note, where it does not, which the check bicep finds.</summary>
    internal Template? Template(Report report)
    {
        report.See(Compilation.Files);
        if (Compilation.Template is null) report.Note($"{Compilation.Main} does not compile, so this was not looked at");
        return Compilation.Template;
    }

    /// <summary>Files of a folder and those below it whose names match, in order of their names; none where there is no such folder.</summary>
    public IReadOnlyList<string> Find(string folder, string pattern) =>
        Directory.Exists(Full(folder)) ? [.. Below(Full(folder), pattern).Select(Relative).Order(StringComparer.Ordinal)] : [];

    /// <summary>Files of the top folder itself.</summary>
    public IReadOnlyList<string> FindAtTop(string pattern) => [.. Directory.GetFiles(Root, pattern).Select(Relative).Order(StringComparer.Ordinal)];

    public bool Has(string file) => Path.Exists(Full(file));

    public string Full(string file) => Path.Combine(Root, file);

    public string Read(string file) => File.ReadAllText(Full(file));

    public string[] Lines(string file) => File.ReadAllLines(Full(file));

    private static IEnumerable<string> Below(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern).Concat(
        Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(d => Below(d, pattern)));

    private string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The first line of these files that holds the text; else the first line of the first of them.</summary>
    internal Place Locate(IReadOnlyList<string> files, string text)
    {
        foreach (var file in files)
            if (Array.FindIndex(Lines(file), line => line.Contains(text, StringComparison.Ordinal)) is >= 0 and var line) return new(file, line + 1);
        return new(files.Count > 0 ? files[0] : ".", 1);
    }

    /// <summary>Where Bicep declares a resource of the type, not where it looks one up.</summary>
    internal Place LocateResource(string type)
    {
        foreach (var file in Compilation.Files)
            if (Array.FindIndex(Lines(file), line => line.Contains($"'{type}@", StringComparison.OrdinalIgnoreCase) && !line.Contains("existing =", StringComparison.Ordinal)) is >= 0 and var line)
                return new(file, line + 1);
        return Locate(Compilation.Files, type);
    }

    /// <summary>The documents of a YAML or JSON file; none, and a finding, where it cannot be read or says something twice.</summary>
    internal IReadOnlyList<Document> Documents(string file, Report report)
    {
        report.See(file);
        try
        {
            if (documents.TryGetValue(file, out var known) && known is not null) return known;
            var text = Read(file);
            var takesComments = TakeComments.Contains(Path.GetFileName(file));
            if (file.EndsWith(".json", StringComparison.Ordinal)) JsonDocument.Parse(text, takesComments ? WithComments : Strict).Dispose();
            if (takesComments) return [];
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var read = stream.Documents.Where(d => d.RootNode is not YamlScalarNode { Value: "" }).Select(d => new Document(file, d.RootNode)).ToList();
            documents[file] = read;
            return read;
        }
        catch (YamlException e)
        {
            report.Add(file, Math.Max(1, (int)e.Start.Line), $"is no YAML: {e.InnerException?.Message ?? e.Message}", "mend it, or take the second of two equal keys away");
        }
        catch (JsonException e)
        {
            report.Add(file, (int)(e.LineNumber ?? 0) + 1, $"is no JSON: {e.Message}", "mend it, or take the second of two equal keys away");
        }
        return [];
    }

    /// <summary>The only document of a file; null, and a finding, where it is not there or cannot be read.</summary>
    internal Document? Single(string file, Report report)
    {
        if (Has(file)) return Documents(file, report) is [var only, ..] ? only : null;
        report.Add(file, 1, "is not there", "add it, or take what asks for it out of the check");
        return null;
    }
}
