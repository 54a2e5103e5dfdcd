using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;

namespace IoMTAD.Infra.Checks;

/// <summary>The Functions host passes over what it does not know: a misspelt limit would silently be the default.</summary>
internal sealed class HostJsonCheck : ICheck
{
    private const string File = "functions/IoMTAD.Functions/host.json";

    public string Name => "host";

    public string Purpose => "host.json: known settings only; a failed batch is not committed";

    public void Run(DeploymentTree tree, Report report)
    {
        if (tree.Single(File, report) is not { } document) return;
        Shape.Hold<HostJson>(document, report);
        var kafka = document.Root.Find("extensions", "kafka");
        if (kafka.Text("commitOnFailure") != "false")
            report.Add(document.At(kafka), "'extensions.kafka.commitOnFailure' is not false", "set it: the default commits a batch that failed");
    }
}
