namespace IoMTAD.Infra.Tests.Mistakes;

/// <summary>Whatever stands in a file, the checker says so, and looks at the others.</summary>
[Trait("Category", "Slow")]
public sealed class GarbageTests
{
    private static readonly string[] Texts = ["", "[]", "{}", "a", "- a", "null", "? [a]\n: b", "a: [b: {c", "\0", "&a [*a]",
        "a: &b {c: *b}", "kind: [Pod]", "FROM", "spec: {a: 1}"];

    [Theory]
    [InlineData("azure.yaml", "azd")]
    [InlineData("infra/compose.yaml", "compose")]
    [InlineData("functions/IoMTAD.Functions/host.json", "host")]
    [InlineData("local.settings.sample.json", "settings")]
    [InlineData("infra/main.parameters.json", "parameters")]
    [InlineData("infra/kubernetes/overlays/cloud/kustomization.yaml", "kubernetes")]
    [InlineData("infra/kubernetes/overlays/cloud/scoring.yaml", "kubernetes", "pods", "references")]
    [InlineData("infra/kubernetes/overlays/cloud/scaled-object.yaml", "kubernetes", "pods", "references")]
    [InlineData("infra/containers/embedded.Dockerfile", "dockerfiles")]
    [InlineData("infra/grafana/dashboards/iomtad-ward.json", "grafana")]
    [InlineData("infra/grafana/provisioning/datasources/iomtad.yaml", "grafana")]
    public void A_file_of_anything_is_found_and_crashes_nothing(string file, params string[] checks)
    {
        using var tree = new Planted(file);
        foreach (var text in Texts)
        {
            File.WriteAllText(tree.Full(file), text);
            Assert.NotEmpty(checks.SelectMany(check => tree.Check(check, hasKustomize: false).Findings).ToList());
        }
    }
}
