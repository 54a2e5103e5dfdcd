using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;

namespace IoMTAD.Infra.Checks;

/// <summary>The servers of a developer's machine have passwords that everybody knows, so nobody else may reach them.</summary>
internal sealed class ComposeCheck : ICheck
{
    private const string File = "infra/compose.yaml";

    public string Name => "compose";

    public string Purpose => "infra/compose.yaml: known keys, ports on this machine alone, images of a version";

    public void Run(DeploymentTree tree, Report report)
    {
        if (tree.Single(File, report) is not { } document) return;
        Shape.Hold<ComposeFile>(document, report);
        foreach (var (name, service) in document.Root.Entries("services"))
        {
            foreach (var port in service.Items("ports").Where(p => p.Text()?.StartsWith("127.0.0.1:", StringComparison.Ordinal) != true))
                report.Add(document.At(port), $"{name.Value}: port {port.Text()} is open to the network", "write 127.0.0.1: before it");
            if (service.Find("image") is { } image && Image.FaultOf(image.Text()!) is { } fault)
                report.Add(document.At(image), $"{name.Value}: {fault}", "name the version that was tried");
            foreach (var volume in service.Items("volumes").Where(v => v.Text() is ['.', ..]))
                if (!tree.Has(Path.Combine("infra", volume.Text()!.Split(':')[0])))
                    report.Add(document.At(volume), $"{name.Value}: {volume.Text()!.Split(':')[0]} is not there", "name a file beside compose.yaml");
        }
    }
}
