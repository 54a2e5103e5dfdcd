using System.Reflection;
using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Checks;

/// <summary>A cluster drops a field that it does not know, and a probe or a limit with it.</summary>
internal sealed class KubernetesCheck : ICheck
{
    private static readonly Dictionary<string, Type> Kinds = typeof(V1Pod).Assembly.GetExportedTypes()
        .Select(t => (Type: t, Entity: t.GetCustomAttribute<KubernetesEntityAttribute>())).Where(t => t.Entity is not null && !t.Type.Name.EndsWith("List", StringComparison.Ordinal))
        .Select(t => ((t.Entity!.Group.Length > 0 ? t.Entity.Group + "/" : "") + $"{t.Entity.ApiVersion} {t.Entity.Kind}", t.Type))
        .Concat(
        [
            ("keda.sh/v1alpha1 ScaledObject", typeof(ScaledObject)), ("keda.sh/v1alpha1 ScaledJob", typeof(ScaledJob)),
            ("keda.sh/v1alpha1 TriggerAuthentication", typeof(TriggerAuthentication)), ("kustomize.config.k8s.io/v1beta1 Kustomization", typeof(Kustomization)),
            ("kustomize.config.k8s.io/v1alpha1 Component", typeof(Kustomization)),
        ])
        .DistinctBy(t => t.Item1).ToDictionary(t => t.Item1, t => t.Item2, StringComparer.Ordinal);

    public string Name => "kubernetes";

    public string Purpose => "infra/kubernetes: every field known and of its type, KEDA's triggers too, as written and as kustomize makes it";

    public void Run(DeploymentTree tree, Report report)
    {
        var manifests = new Manifests(tree, report);
        foreach (var document in manifests.Written) Hold(document, report, isWhole: !manifests.Patches.Contains(document.File));
        foreach (var document in manifests.Written.Where(d => !Manifests.IsKustomization(d) && !manifests.Used.Contains(d.File)))
            report.Add(document.File, 1, "no kustomization.yaml uses it", "name it below resources, or delete it");
        var written = report.Findings.Select(f => f.Fault).ToHashSet(StringComparer.Ordinal);
        foreach (var document in manifests.Deployed.SelectMany(d => d.Documents))
        {
            var made = new Report(Name);
            Hold(document, made, isWhole: true);
            foreach (var finding in made.Findings.Where(f => !written.Contains(f.Fault))) report.Add(finding.File, finding.Line, finding.Fault, finding.Remedy);
        }
    }

    private static void Hold(Document document, Report report, bool isWhole)
    {
        var kind = $"{document.Text("apiVersion")} {document.Kind}";
        // A list of JSON patches has no kind, and kustomize itself refuses it where it is wrong.
        if (document.Root is YamlSequenceNode && !isWhole) return;
        if (!Kinds.TryGetValue(kind, out var type)) report.Add(document.Place, $"'{kind}' is no kind that is known here", Spelling.Advice(kind, Kinds.Keys));
        else Shape.Hold(document, type, report, isWhole);
        foreach (var trigger in document.Root.Items("spec", "triggers")) Trigger(document, trigger, report);
    }

    private static void Trigger(Document document, YamlNode trigger, Report report)
    {
        var type = trigger.Text("type") ?? "";
        if (!KedaTriggers.Known.TryGetValue(type, out var known))
        {
            report.Add(document.At(trigger), $"'{type}' is no trigger that is known here", Spelling.Advice(type, KedaTriggers.Known.Keys));
            return;
        }
        var keys = trigger.Texts("metadata");
        var unknown = trigger.Entries("metadata").Where(e => !known.Takes(e.Key.Value!)).ToList();
        foreach (var (key, _) in unknown)
            report.Add(document.At(key), $"the trigger {type} takes no '{key.Value}'", Spelling.Advice(key.Value!, known.Required.Concat(known.Optional)));
        // What is unknown may be what is missing, misspelt.
        foreach (var missing in unknown.Count == 0 ? known.MissingFrom([.. keys.Keys]) : []) report.Add(document.At(trigger), $"the trigger {type} has no '{missing}'", "give it");
    }
}
