namespace IoMTAD.Infra.Shapes;

/// <summary>The part of the Compose specification that infra/compose.yaml uses.</summary>
internal sealed record ComposeFile
{
    public string? Name { get; init; }
    public required Dictionary<string, ComposeService> Services { get; init; }
    public Dictionary<string, object>? Volumes { get; init; }
    public Dictionary<string, object>? Networks { get; init; }
}

[SnakeCase]
internal sealed record ComposeService
{
    public required string Image { get; init; }
    public object? Command { get; init; }
    public object? Entrypoint { get; init; }
    public object? Environment { get; init; }
    public string[]? Ports { get; init; }
    public string[]? Volumes { get; init; }
    public ComposeHealth? Healthcheck { get; init; }
    public object? DependsOn { get; init; }
    public string[]? Profiles { get; init; }
    public string? User { get; init; }
    public string? Restart { get; init; }
    public bool? ReadOnly { get; init; }
}

[SnakeCase]
internal sealed record ComposeHealth(object? Test, string? Interval, string? Timeout, string? StartPeriod, int? Retries);
