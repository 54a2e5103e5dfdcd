using IoMTAD.Infra.Shapes;
using k8s.Models;

namespace IoMTAD.Infra.Tests.Shapes;

public sealed class ShapeTests
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n";

    [Theory]
    [InlineData("      imagee: b", 6, "'spec.containers[0].imagee' is unknown; did you mean 'image'?")]
    [InlineData("      env: [{ name: A, value: 1 }]", 6, "'spec.containers[0].env[0].value' must be text, and 1 is none; put it in quotes")]
    [InlineData("      env: [{ name: A, value: yes }]", 6,
        "'spec.containers[0].env[0].value' must be text, and yes is none; put it in quotes")]
    [InlineData("      ports: [{ containerPort: \"80\" }]", 6,
        "'spec.containers[0].ports[0].containerPort' is '80', and must be a number; write a number, without quotes")]
    [InlineData("      tty: maybe", 6, "'spec.containers[0].tty' is 'maybe'; write true or false, without quotes")]
    [InlineData("      args: b", 6, "'spec.containers[0].args' is no list; write a list")]
    [InlineData("      resources:\n        limits: { memory: 1 GB }", 7,
        "'spec.containers[0].resources.limits.memory' is '1 GB', which is no quantity; write for example 250m or 256Mi")]
    public void What_the_type_does_not_take_is_found_with_its_line(string line, int number, string expected)
    {
        var finding = Assert.Single(Hold<V1Pod>(Pod + line).Findings);
        Assert.Equal($"f.yaml({number}): {expected}", finding.ToString());
    }

    [Fact]
    public void What_the_type_takes_is_fine()
    {
        var report = Hold<V1Pod>(Pod + "      livenessProbe: { httpGet: { path: /healthz, port: http } }\n"
            + "      resources: { limits: { cpu: 250m, memory: 1Gi } }");
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void What_is_required_is_missed() =>
        Assert.Equal("f.yaml(1): 'spec' is missing; give it",
            Assert.Single(Hold<ScaledObject>("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: a }").Findings)
            .ToString());

    [Fact]
    public void The_same_key_twice_is_refused() =>
        Assert.Contains("Duplicate key", Assert.Single(Hold<V1Pod>("kind: Pod\nkind: Pod").Findings).Fault, StringComparison.Ordinal);

    private static Report Hold<T>(string yaml)
    {
        using var written = new Written(("f.yaml", yaml));
        var report = new Report("test");
        foreach (var document in written.Tree.Documents("f.yaml", report)) Shape.Hold<T>(document, report);
        return report;
    }
}
