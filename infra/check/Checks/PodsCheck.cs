using System.Text.RegularExpressions;
using IoMTAD.Infra.Reading;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Checks;

/// <summary>What a pod may do and use is said for each, and is little.</summary>
internal sealed partial class PodsCheck : ICheck
{
    public string Name => "pods";

    public string Purpose => "pods of infra/kubernetes: not root, no more rights, limits, probes, images of a version, no secret in clear";

    public void Run(DeploymentTree tree, Report report)
    {
        var manifests = new Manifests(tree, report);
        foreach (var workload in manifests.Deployed.SelectMany(d => Workload.Of(d.Documents)))
        {
            foreach (var part in new[] { "hostNetwork", "hostPID", "hostIPC" })
                if (workload.Pod.Text("spec", part) == "true") Add(workload, part + " is on", "take it away: the pod would be no different from its machine");
            foreach (var volume in workload.Pod.Items("spec", "volumes").Where(v => v.Find("hostPath") is not null))
                Add(workload, $"the volume '{volume.Text("name")}' is a folder of the machine", "use a volume claim");
            foreach (var container in workload.AllContainers) Container(workload, container);
        }
        foreach (var secret in manifests.Deployed.SelectMany(d => d.Of("Secret")).Where(s => s.Root.Entries("data").Concat(s.Root.Entries("stringData")).Any()))
            report.Add(secret.Place, $"the secret '{secret.Name}' is written out", "make it in the cluster, and refer to it");

        void Add(Workload workload, string fault, string remedy) => report.Add(workload.Document.Place, $"{workload.Document.Kind} '{workload.Document.Name}': {fault}", remedy);

        void Container(Workload workload, YamlNode container)
        {
            var name = container.Text("name");
            if ((container.Text("securityContext", "runAsNonRoot") ?? workload.Pod.Text("spec", "securityContext", "runAsNonRoot")) != "true")
                Add(workload, $"'{name}' may run as root", "set securityContext.runAsNonRoot: true");
            if (container.Text("securityContext", "allowPrivilegeEscalation") != "false")
                Add(workload, $"'{name}' may gain rights", "set securityContext.allowPrivilegeEscalation: false");
            if (!container.Items("securityContext", "capabilities", "drop").Any(c => c.Text() == "ALL"))
                Add(workload, $"'{name}' keeps the kernel's capabilities", "set securityContext.capabilities.drop: [ALL]");
            foreach (var (side, resource) in new[] { ("requests", "cpu"), ("requests", "memory"), ("limits", "memory") })
                if (container.Text("resources", side, resource) is null) Add(workload, $"'{name}' has no {side} of {resource}", $"set resources.{side}.{resource}");
            if (!workload.EndsByItself && workload.Containers.Contains(container))
                foreach (var probe in new[] { "readinessProbe", "livenessProbe" })
                    if (container.Find(probe) is null) Add(workload, $"'{name}' has no {probe}", "ask /readyz, and /healthz for life");
            if (Image.FaultOf(container.Text("image") ?? "") is { } fault) Add(workload, $"'{name}': {fault}", "name the version that was tried");
            foreach (var variable in container.Items("env"))
                if (variable.Text("value") is { Length: > 0 } && Secret().IsMatch(variable.Text("name") ?? ""))
                    Add(workload, $"'{name}' has the secret {variable.Text("name")} in clear", "give valueFrom.secretKeyRef");
        }
    }

    [GeneratedRegex("(password|token|keys?|secret|connectionstring)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
