namespace IoMTAD.Infra.Tests.Mistakes;

public sealed class KubernetesMistakesTests
{
    private const string Overlay = "infra/kubernetes/overlays/cloud/", Scoring = Overlay + "scoring.yaml",
        Scaled = Overlay + "scaled-object.yaml";

    private static readonly Mistake[] All =
    [
        new("a misspelt field", "kubernetes", Scoring, "terminationGracePeriodSeconds:", "terminationGracePeriodSecond:",
            "'spec.template.spec.terminationGracePeriodSecond' is unknown"),
        new("a number where text belongs", "kubernetes", Scaled, "lagThreshold: \"500\"", "lagThreshold: 500",
            "lagThreshold' must be text"),
        new("a quantity that is none", "kubernetes", Scoring, "memory: 768Mi", "memory: 768MB", "which is no quantity"),
        new("a version of a kind that is gone", "kubernetes", Scaled, "policy/v1\n", "policy/v1beta1\n",
            "'policy/v1beta1 PodDisruptionBudget' is no kind"),
        new("a trigger that KEDA does not have", "kubernetes", Scaled, "type: kafka", "type: kafca", "'kafca' is no trigger"),
        new("a misspelt threshold of lag", "kubernetes", Scaled, "lagThreshold:", "lagTreshold:", "takes no 'lagTreshold'"),
        new("a trigger without a threshold", "kubernetes", Scaled, "        lagThreshold: \"500\"\n", "",
            "the trigger kafka has no 'lagThreshold'"),
        new("a file that nothing deploys", "kubernetes", Overlay + "kustomization.yaml", "  - scaled-object.yaml\n", "",
            "no kustomization.yaml uses it") { FoundIn = Scaled },
        new("a map for a file that is not there", "kubernetes", Overlay + "kustomization.yaml", "envs: [settings.env]",
            "envs: [setting.env]", "setting.env'"),
        new("a container that may run as root", "pods", Scoring, "runAsNonRoot: true", "runAsNonRoot: false",
            "'functions' may run as root"),
        new("a container that may gain rights", "pods", Scoring, "allowPrivilegeEscalation: false", "privileged: true",
            "'functions' may gain rights"),
        new("a container without a limit", "pods", Scoring, "limits: { cpu: \"2\", memory: 1536Mi }", "limits: { cpu: \"2\" }",
            "'functions' has no limits of memory"),
        new("a container without a probe", "pods", Scoring, "livenessProbe:", "# livenessProbe\n          lifecycle:",
            "'functions' has no livenessProbe"),
        new("an image of any version", "pods", "infra/kubernetes/overlays/embedded/kustomization.yaml", "newTag: 0.1.0", "newTag: latest",
            "is whatever is newest")
        {
            FoundIn = "infra/kubernetes/overlays/embedded/stateful-set.yaml",
        },
        new("a secret in clear", "pods", Scoring, "valueFrom: { secretKeyRef: { name: iomtad-kafka, key: password } }", "value: hunter2",
            "the secret Kafka__Password in clear"),
        new("a secret that nobody declares", "references", Scoring, "name: iomtad-kafka, key: password",
            "name: iomtad-kafka, key: passphrase", "needs the secret 'iomtad-kafka' with 'passphrase'"),
        new("a budget that selects nothing", "references", Scaled, "app.kubernetes.io/component: scoring",
            "app.kubernetes.io/component: scorer", "PodDisruptionBudget 'iomtad-scoring' selects no pod"),
        new("a policy that selects nothing", "references", "infra/kubernetes/overlays/embedded/network-policy.yaml", "component: embedded",
            "component: embeded", "NetworkPolicy 'iomtad-embedded' selects no pod"),
        new("a target of scaling that is not there", "references", Scaled, "    name: iomtad-scoring\n", "    name: iomtad-scorer\n",
            "refers to Deployment 'iomtad-scorer'"),
        new("a map that is not there", "references", Scoring, "configMap: { name: iomtad-inventory }",
            "configMap: { name: iomtad-devices }", "refers to ConfigMap 'iomtad-devices'"),
        new("a port that no container has", "references", Overlay + "background.yaml", "targetPort: http", "targetPort: web",
            "goes to the port 'web'"),
        new("a function that runs twice", "functions", Scoring, "            - { name: AzureWebJobs.WatchDrift.Disabled, value: \"true\" }\n", "",
            "WatchDrift runs in iomtad-background and in iomtad-scoring") { FoundIn = Overlay + "background.yaml" },
        new("a function that runs nowhere", "functions", Overlay + "background.yaml", "            - { name: AzureWebJobs.ScoreTraffic.",
            "            - { name: AzureWebJobs.AuditOffsets.Disabled, value: \"true\" }\n            - { name: AzureWebJobs.ScoreTraffic.",
            "AuditOffsets runs in no deployment"),
        new("a setting that the host does not read", "settings", Overlay + "settings.env", "Influx__Org=", "Influx__Organisation=",
            "reads no setting 'Influx__Organisation'"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Titles => Mistake.Titles(All);

    [Theory, MemberData(nameof(Titles))]
    public void A_planted_mistake_is_found(string title) => Mistake.IsFound(All, title);

    [Theory, MemberData(nameof(Titles))]
    public void It_is_found_without_kustomize_too(string title) => Mistake.IsFound(All, title, hasKustomize: false);
}
