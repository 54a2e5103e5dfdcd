using System.Text.RegularExpressions;
using IoMTAD.Infra.Shapes;

namespace IoMTAD.Infra.Reading;

/// <summary>The settings that the Functions host reads, found in its source, so that no list of them can grow old.</summary>
/// <remarks>Names have colons.</remarks>
internal sealed partial class HostSettings
{
    private const string Source = "functions/IoMTAD.Functions", Storage = "AzureWebJobsStorage", HostJsonPrefix = "AzureFunctionsJobHost:",
        Notifications = "notifications:";

    // What the platform and its libraries read, not our source.
    private static readonly string[] OfThePlatform =
    [
        Storage, $"{Storage}:blobServiceUri", $"{Storage}:queueServiceUri", $"{Storage}:tableServiceUri", $"{Storage}:credential",
        $"{Storage}:clientId",
        "AzureWebJobsDisableHomepage", "AzureWebJobsScriptRoot", "AzureFunctionsWebHost:hostid", "FUNCTIONS_WORKER_RUNTIME",
        "AZURE_CLIENT_ID", "LD_LIBRARY_PATH",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES",
        "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
        "ASPNETCORE_URLS",
        // By this built-in authentication proves with a managed identity who the app is.
        "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID",
    ];

    private readonly SortedSet<string> read = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> required = new(StringComparer.OrdinalIgnoreCase) { "ConnectionStrings:Record", "Kafka:Brokers" };
    private readonly SortedSet<string> functions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> known = new(OfThePlatform, StringComparer.OrdinalIgnoreCase);

    public HostSettings(DeploymentTree tree)
    {
        var texts = tree.Find(Source, "*.cs").Select(tree.Read).ToList();
        texts.ForEach(Scan);
        // A function may have its name from a constant.
        var constants = texts.SelectMany(t => Constant().Matches(t))
            .ToLookup(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);
        var named = functions.SelectMany(f => constants[f].DefaultIfEmpty(f)).ToList();
        functions.Clear();
        functions.UnionWith(named);
        known.UnionWith(read);
    }

    /// <summary>Of our own source, so that they have to be documented.</summary>
    public IReadOnlyCollection<string> Read => read;

    public IReadOnlyCollection<string> Known => known;

    /// <summary>Names of the host's functions.</summary>
    public IReadOnlySet<string> Functions => functions;

    /// <returns>The function that a setting of this name switches off; null of another setting.</returns>
    public static string? DisabledBy(string setting) => Disabling().Match(setting) is { Success: true } match ? match.Groups["function"].Value : null;

    public bool Knows(string name) => known.Contains(name) || name.StartsWith(Notifications, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith(HostJsonPrefix, StringComparison.OrdinalIgnoreCase)
            && Shape.HasPath(typeof(HostJson), name[HostJsonPrefix.Length..].Split(':')))
        || (DisabledBy(name) is { } function && functions.Contains(function));

    /// <summary>What a host with these settings would still lack.</summary>
    public IEnumerable<string> MissingFrom(IReadOnlyDictionary<string, string> given)
    {
        var disabled = given.Where(g => g.Value == "true").Select(g => DisabledBy(g.Key)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in required.Where(r => !given.ContainsKey(r)))
            if (name is not ("Kafka:Username" or "Kafka:Password") || !disabled.Contains("ScoreTraffic")) yield return name;
        if (!given.ContainsKey(Storage) && !(given.ContainsKey($"{Storage}:blobServiceUri")
            && given.ContainsKey($"{Storage}:queueServiceUri")))
            yield return Storage;
    }

    private void Scan(string text)
    {
        foreach (Match match in Direct().Matches(text)) read.Add(match.Groups["name"].Value);
        foreach (Match match in Connection().Matches(text)) read.Add("ConnectionStrings:" + match.Groups["name"].Value);
        foreach (Match match in Function().Matches(text)) functions.Add(match.Groups["name"].Value);
        // The Functions host itself puts these in, and knows no default for them.
        foreach (Match match in Binding().Matches(text)) required.Add(match.Groups["name"].Value);
        read.UnionWith(required);
        if (Section().Match(text) is { Success: true } section)
            foreach (Match match in InSection().Matches(text)) read.Add($"{section.Groups["name"].Value}:{match.Groups["name"].Value}");
    }

    [GeneratedRegex(@"configuration\[""(?<name>[\w:]+)""\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Direct();

    [GeneratedRegex(@"GetConnectionString\(""(?<name>\w+)""\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Connection();

    [GeneratedRegex(@"\[Function\((nameof\()?""?(?<name>\w+)""?", RegexOptions.ExplicitCapture)]
    private static partial Regex Function();

    [GeneratedRegex(@"\b(?<name>\w+) = ""(?<value>\w+)""[,;]", RegexOptions.ExplicitCapture)]
    private static partial Regex Constant();

    [GeneratedRegex(@"%(?<name>\w+:\w+)%", RegexOptions.ExplicitCapture)]
    private static partial Regex Binding();

    [GeneratedRegex(@"(GetSection\(""|Section = ""|configuration\[\$"")(?<name>\w+)("";|""\);|:\{)", RegexOptions.ExplicitCapture)]
    private static partial Regex Section();

    [GeneratedRegex(@"(section\[|\b(Text|Required|Of)\(((section|configuration), )?)""(?<name>\w+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex InSection();

    [GeneratedRegex(@"^AzureWebJobs[.:](?<function>\w+)[.:]Disabled$", RegexOptions.ExplicitCapture)]
    private static partial Regex Disabling();
}
