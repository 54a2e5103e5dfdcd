using k8s.Models;

namespace IoMTAD.Infra.Shapes;

/// <summary>KEDA 2's resources; its own definition lets unknown keys of a trigger pass.</summary>
internal sealed record ScaledObject
{
    public required string ApiVersion { get; init; }
    public required string Kind { get; init; }
    public required V1ObjectMeta Metadata { get; init; }
    public required ScaledObjectSpec Spec { get; init; }
}

internal sealed record ScaledObjectSpec
{
    public required KedaTarget ScaleTargetRef { get; init; }
    public int? PollingInterval { get; init; }
    public int? CooldownPeriod { get; init; }
    public int? InitialCooldownPeriod { get; init; }
    public int? IdleReplicaCount { get; init; }
    public int? MinReplicaCount { get; init; }
    public int? MaxReplicaCount { get; init; }
    public KedaFallback? Fallback { get; init; }
    public KedaAdvanced? Advanced { get; init; }
    public required KedaTrigger[] Triggers { get; init; }
}

internal sealed record KedaTarget
{
    public string? ApiVersion { get; init; }
    public string? Kind { get; init; }
    public required string Name { get; init; }
    public string? EnvSourceContainerName { get; init; }
}

internal sealed record KedaFallback(int? FailureThreshold, int? Replicas, string? Behavior);

internal sealed record KedaAdvanced(bool? RestoreToOriginalReplicaCount, KedaAutoscaler? HorizontalPodAutoscalerConfig, object? ScalingModifiers);

internal sealed record KedaAutoscaler(string? Name, V2HorizontalPodAutoscalerBehavior? Behavior);

internal sealed record KedaTrigger
{
    public required string Type { get; init; }
    public string? Name { get; init; }
    public bool? UseCachedMetrics { get; init; }
    public string? MetricType { get; init; }
    public KedaReference? AuthenticationRef { get; init; }
    public required Dictionary<string, string> Metadata { get; init; }
}

internal sealed record KedaReference(string? Name, string? Kind);

internal sealed record ScaledJob
{
    public required string ApiVersion { get; init; }
    public required string Kind { get; init; }
    public required V1ObjectMeta Metadata { get; init; }
    public required ScaledJobSpec Spec { get; init; }
}

internal sealed record ScaledJobSpec
{
    public required V1JobSpec JobTargetRef { get; init; }
    public int? PollingInterval { get; init; }
    public int? SuccessfulJobsHistoryLimit { get; init; }
    public int? FailedJobsHistoryLimit { get; init; }
    public int? MinReplicaCount { get; init; }
    public int? MaxReplicaCount { get; init; }
    public object? ScalingStrategy { get; init; }
    public required KedaTrigger[] Triggers { get; init; }
}

internal sealed record TriggerAuthentication
{
    public required string ApiVersion { get; init; }
    public required string Kind { get; init; }
    public required V1ObjectMeta Metadata { get; init; }
    public required TriggerAuthenticationSpec Spec { get; init; }
}

internal sealed record TriggerAuthenticationSpec(KedaIdentity? PodIdentity, KedaSource[]? SecretTargetRef, KedaSource[]? ConfigMapTargetRef, KedaVariable[]? Env);

internal sealed record KedaIdentity(string? Provider, string? IdentityId, string? IdentityOwner, string? IdentityTenantId, string? IdentityAuthorityHost);

internal sealed record KedaSource(string? Parameter, string? Name, string? Key);

internal sealed record KedaVariable(string? Parameter, string? Name, string? ContainerName);
