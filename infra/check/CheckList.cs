using IoMTAD.Infra.Checks;

namespace IoMTAD.Infra;

/// <summary>All checks, in the order in which they run.</summary>
internal static class CheckList
{
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new SyntaxCheck(), new BicepCheck(), new RolesCheck(), new TemplateCheck(), new SecretsCheck(), new ParametersCheck(),
            new AzdCheck(), new HooksCheck(),
        new HostJsonCheck(), new SettingsCheck(), new FunctionsCheck(), new KubernetesCheck(), new PodsCheck(), new ReferencesCheck(), new DockerfileCheck(),
            new ComposeCheck(), new GrafanaCheck(), new DocumentsCheck(),
    ];

    /// <param name="only">Names; empty for all.</param>
    public static IReadOnlyList<Report> Run(DeploymentTree tree, IReadOnlyCollection<string> only) =>
        [.. All.Where(c => only.Count == 0 || only.Contains(c.Name)).Select(c => Run(tree, c))];

    private static Report Run(DeploymentTree tree, ICheck check)
    {
        var report = new Report(check.Name);
        check.Run(tree, report);
        // A check that looks at nothing would pass for ever.
        if (report.Files.Count + report.Findings.Count == 0)
            report.Add(".", 1, $"the check {check.Name} found no file to look at", "add the files, or take the check away with them");
        return report;
    }
}
