namespace IoMTAD.Infra.Shapes;

/// <summary>azure.yaml of the Azure Developer CLI, as far as it is used here; its published schema lets unknown keys pass.</summary>
internal sealed record AzureYaml
{
    public required string Name { get; init; }
    public AzureYamlMetadata? Metadata { get; init; }
    public string? ResourceGroup { get; init; }
    public AzureYamlInfra? Infra { get; init; }
    public required Dictionary<string, AzureYamlService> Services { get; init; }
    public Dictionary<string, AzureYamlHook>? Hooks { get; init; }
    public AzureYamlVersions? RequiredVersions { get; init; }
    public object? Pipeline { get; init; }
}

internal sealed record AzureYamlMetadata(string? Template);

internal sealed record AzureYamlInfra(AzureYamlProvider? Provider, string? Path, string? Module);

internal enum AzureYamlProvider
{
    Bicep,
}

internal sealed record AzureYamlVersions(string? Azd);

internal sealed record AzureYamlService
{
    public required string Project { get; init; }
    public required AzureYamlLanguage Language { get; init; }
    public required AzureYamlHost Host { get; init; }
    public string? ResourceName { get; init; }
    public Dictionary<string, AzureYamlHook>? Hooks { get; init; }
}

internal enum AzureYamlLanguage
{
    Dotnet,
    Csharp,
}

internal enum AzureYamlHost
{
    Function,
}

internal sealed record AzureYamlHook(
    string? Shell, string? Run, bool? ContinueOnError, bool? Interactive, AzureYamlHook? Windows, AzureYamlHook? Posix, Dictionary<string, string>? Secrets);
