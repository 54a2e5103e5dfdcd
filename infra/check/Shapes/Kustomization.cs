namespace IoMTAD.Infra.Shapes;

/// <summary>kustomization.yaml, its current keys only.</summary>
internal sealed record Kustomization(
    string? ApiVersion, string? Kind, object? Metadata, string? Namespace, string? NamePrefix, string? NameSuffix, string[]? Resources, string[]? Components,
    KustomizationLabels[]? Labels, Dictionary<string, string>? CommonAnnotations, KustomizationImage[]? Images, KustomizationPatch[]? Patches,
    KustomizationGenerator[]? ConfigMapGenerator, KustomizationGenerator[]? SecretGenerator, KustomizationGeneratorOptions? GeneratorOptions,
    KustomizationReplicas[]? Replicas, object[]? Replacements, string[]? Configurations, KustomizationSort? SortOptions);

internal sealed record KustomizationLabels(Dictionary<string, string>? Pairs, bool? IncludeSelectors, bool? IncludeTemplates, object[]? Fields);

internal sealed record KustomizationImage(string? Name, string? NewName, string? NewTag, string? Digest);

internal sealed record KustomizationPatch(string? Path, string? Patch, KustomizationTarget? Target, Dictionary<string, bool>? Options);

internal sealed record KustomizationTarget(
    string? Group, string? Version, string? Kind, string? Name, string? Namespace, string? LabelSelector, string? AnnotationSelector);

internal sealed record KustomizationGenerator(
    string? Name, string? Namespace, string? Behavior, string? Type, string[]? Files, string[]? Literals, string[]? Envs, KustomizationGeneratorOptions? Options);

internal sealed record KustomizationGeneratorOptions(
    bool? DisableNameSuffixHash, bool? Immutable, Dictionary<string, string>? Labels, Dictionary<string, string>? Annotations);

internal sealed record KustomizationReplicas(string? Name, int? Count);

internal sealed record KustomizationSort(string? Order, object? LegacySortOptions);
