using IoMTAD.Infra.Reading;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Checks;

/// <summary>Manifests name each other by words; what is named and not there waits for ever, and what selects nothing protects nothing.</summary>
internal sealed class ReferencesCheck : ICheck
{
    /// <summary>Secrets are made in the cluster: this document says which, with their keys.</summary>
    private const string Declared = "docs/kubernetes.md";

    public string Name => "references";

    public string Purpose => "infra/kubernetes: selectors take pods in, and what is referred to is there or in docs/kubernetes.md";

    public void Run(DeploymentTree tree, Report report)
    {
        var declared = tree.Has(Declared) ? tree.Read(Declared) : "";
        foreach (var deployed in new Manifests(tree, report).Deployed)
        {
            var pods = Workload.Of(deployed.Documents).ToList();
            Selectors(report, deployed, pods);
            foreach (var pod in pods) References(report, deployed, declared, pod);
            Scaling(report, deployed, declared);
        }
    }

    private static void Selectors(Report report, Deployed deployed, List<Workload> pods)
    {
        foreach (var document in deployed.Documents.Where(d => d.Kind is "PodDisruptionBudget" or "NetworkPolicy" or "Service"))
        {
            if (document.Kind == "Service" && document.Root.Find("spec", "selector") is null) continue;
            var taken = pods.Where(p => document.Kind switch
            {
                "Service" => document.Root.Texts("spec", "selector").All(l => p.Labels.GetValueOrDefault(l.Key) == l.Value),
                "NetworkPolicy" => p.IsSelectedBy(document.Root.Find("spec", "podSelector")),
                _ => p.IsSelectedBy(document.Root.Find("spec", "selector")),
            }).ToList();
            if (taken.Count == 0)
                report.Add(document.Place, $"{document.Kind} '{document.Name}' selects no pod", "take the labels of the pods it is for");
            if (document.Kind != "Service") continue;
            var names = taken.SelectMany(p => p.Containers).SelectMany(c => c.Items("ports")).Select(p => p.Text("name")).ToList();
            foreach (var port in document.Root.Items("spec", "ports").Select(p => p.Text("targetPort"))
                .Where(p => p is not null && !p.All(char.IsDigit) && !names.Contains(p)))
                report.Add(document.Place, $"Service '{document.Name}' goes to the port '{port}', which no container has",
                    "name a port of the container");
        }
        foreach (var pod in pods.Where(p => !deployed.Of("NetworkPolicy").Any(n => p.IsSelectedBy(n.Root.Find("spec", "podSelector")))))
            report.Add(pod.Document.Place, $"{pod.Document.Kind} '{pod.Document.Name}': no NetworkPolicy selects its pods",
                "add one: without it they may speak to everybody");
    }

    private static void References(Report report, Deployed deployed, string declared, Workload pod)
    {
        foreach (var node in pod.Pod.Below())
            foreach (var (kind, reference) in new[]
                     {
                         ("Secret", node.Find("secretKeyRef")), ("ConfigMap", node.Find("configMapKeyRef")),
                         ("Secret", node.Find("secretRef")), ("ConfigMap", node.Find("configMapRef")),
                     })
                if (reference is not null && reference.Text("optional") != "true")
                    Require(report, deployed, declared, pod.Document, kind, reference.Text("name"), reference.Text("key"));
        foreach (var volume in pod.Pod.Items("spec", "volumes"))
        {
            if (volume.Text("secret", "optional") != "true")
                Require(report, deployed, declared, pod.Document, "Secret", volume.Text("secret", "secretName"), null);
            Require(report, deployed, declared, pod.Document, "ConfigMap", volume.Text("configMap", "name"), null);
            Require(report, deployed, declared, pod.Document, "PersistentVolumeClaim", volume.Text("persistentVolumeClaim", "claimName"),
                null);
        }
        if (pod.Pod.Text("spec", "serviceAccountName") is { } account && account != "default")
            Require(report, deployed, declared, pod.Document, "ServiceAccount", account, null);
    }

    private static void Scaling(Report report, Deployed deployed, string declared)
    {
        foreach (var document in deployed.Of("ScaledObject"))
            Require(report, deployed, declared, document, document.Root.Text("spec", "scaleTargetRef", "kind") ?? "Deployment",
                document.Root.Text("spec", "scaleTargetRef", "name"), null);
        foreach (var document in deployed.Documents.Where(d => d.Kind is "ScaledObject" or "ScaledJob"))
            foreach (var trigger in document.Root.Items("spec", "triggers"))
                Require(report, deployed, declared, document, trigger.Text("authenticationRef", "kind") ?? "TriggerAuthentication",
                    trigger.Text("authenticationRef", "name"), null);
        foreach (var document in deployed.Of("TriggerAuthentication"))
            foreach (var source in document.Root.Items("spec", "secretTargetRef"))
                Require(report, deployed, declared, document, "Secret", source.Text("name"), source.Text("key"));
    }

    private static void Require(Report report, Deployed deployed, string declared, Document from, string kind, string? name, string? key)
    {
        if (name is null) return;
        var there = deployed.Of(kind).FirstOrDefault(d => d.Name == name);
        if (kind == "Secret" && there is null)
        {
            if (new[] { name, key }.OfType<string>().Any(w => !declared.Contains($"`{w}`", StringComparison.Ordinal)))
                report.Add(from.Place,
                    $"{from.Kind} '{from.Name}' needs the secret '{name}'{(key is null ? "" : $" with '{key}'")}, which {Declared} does not declare",
                    "say there how it is made, with the names of both in backticks");
            return;
        }
        if (there is null)
            report.Add(from.Place, $"{from.Kind} '{from.Name}' refers to {kind} '{name}', which is not there", "add it, or mend the name");
        else if (key is not null && kind == "ConfigMap" && there.Root.Find("data", key) is null)
            report.Add(from.Place, $"{from.Kind} '{from.Name}' refers to '{key}' of ConfigMap '{name}', which has none",
                "add it, or mend the name");
    }
}
