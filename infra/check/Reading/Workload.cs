using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Reading;

/// <summary>A document that makes pods, and the template of those.</summary>
internal sealed record Workload(Document Document, YamlNode Pod)
{
    public Dictionary<string, string> Labels => Pod.Texts("metadata", "labels");

    /// <summary>Runs until it is done: nothing asks it whether it is ready.</summary>
    public bool EndsByItself => Document.Kind is "Job" or "CronJob" or "ScaledJob";

    public IEnumerable<YamlNode> Containers => Pod.Items("spec", "containers");

    public IEnumerable<YamlNode> AllContainers => Pod.Items("spec", "initContainers").Concat(Containers);

    public static IEnumerable<Workload> Of(IEnumerable<Document> documents) => documents.Select(Of).OfType<Workload>();

    private static Workload? Of(Document document)
    {
        var pod = document.Kind switch
        {
            "Pod" => document.Root,
            "Deployment" or "StatefulSet" or "DaemonSet" or "Job" => document.Root.Find("spec", "template"),
            "CronJob" => document.Root.Find("spec", "jobTemplate", "spec", "template"),
            "ScaledJob" => document.Root.Find("spec", "jobTargetRef", "template"),
            _ => null,
        };
        return pod is null ? null : new(document, pod);
    }

    /// <summary>Whether a selector of labels takes the pods in; an empty one takes in all.</summary>
    public bool IsSelectedBy(YamlNode? selector) =>
        selector.Texts("matchLabels").All(wanted => Labels.GetValueOrDefault(wanted.Key) == wanted.Value)
        && selector.Items("matchExpressions").All(Meets);

    private bool Meets(YamlNode expression)
    {
        var value = Labels.GetValueOrDefault(expression.Text("key") ?? "");
        var values = expression.Items("values").Select(v => v.Text()).ToList();
        return expression.Text("operator") switch
        {
            "In" => values.Contains(value),
            "NotIn" => !values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
