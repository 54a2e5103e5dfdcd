using System.Text.Json.Serialization;

namespace IoMTAD.Infra.Shapes;

/// <summary>Values for the parameters of a template; azd puts its environment's variables in.</summary>
internal sealed record ParametersFile
{
    [JsonPropertyName("$schema")]
    public required string Schema { get; init; }
    public required string ContentVersion { get; init; }
    public required Dictionary<string, ParameterValue> Parameters { get; init; }
}

internal sealed record ParameterValue(object? Value, object? Reference);
