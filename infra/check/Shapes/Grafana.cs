namespace IoMTAD.Infra.Shapes;

/// <summary>Files of Grafana's provisioning: https://grafana.com/docs/grafana/latest/administration/provisioning/.</summary>
internal sealed record GrafanaDataSources
{
    public required int ApiVersion { get; init; }
    public required GrafanaDataSource[] Datasources { get; init; }
    public object[]? DeleteDatasources { get; init; }
    public bool? Prune { get; init; }
}

internal sealed record GrafanaDataSource
{
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required string Uid { get; init; }
    public required string Access { get; init; }
    public required string Url { get; init; }
    public int? OrgId { get; init; }
    public string? User { get; init; }
    public string? Database { get; init; }
    public bool? BasicAuth { get; init; }
    public string? BasicAuthUser { get; init; }
    public bool? WithCredentials { get; init; }
    public bool? IsDefault { get; init; }
    public Dictionary<string, object>? JsonData { get; init; }
    public Dictionary<string, string>? SecureJsonData { get; init; }
    public int? Version { get; init; }
    public bool? Editable { get; init; }
}

internal sealed record GrafanaProviders
{
    public required int ApiVersion { get; init; }
    public required GrafanaProvider[] Providers { get; init; }
}

internal sealed record GrafanaProvider
{
    public required string Name { get; init; }
    public int? OrgId { get; init; }
    public string? Folder { get; init; }
    public string? FolderUid { get; init; }
    public required string Type { get; init; }
    public bool? DisableDeletion { get; init; }
    public int? UpdateIntervalSeconds { get; init; }
    public bool? AllowUiUpdates { get; init; }
    public required GrafanaProviderOptions Options { get; init; }
}

internal sealed record GrafanaProviderOptions
{
    public required string Path { get; init; }
    public bool? FoldersFromFilesStructure { get; init; }
}
