using IoMTAD.Infra.Templates;

namespace IoMTAD.Infra.Checks;

/// <summary>What the compiler lets pass, and Azure or azd does not.</summary>
internal sealed class TemplateCheck : ICheck
{
    private static readonly string[] WithoutTags =
        ["Microsoft.Authorization/", "Microsoft.Consumption/budgets", "Microsoft.Insights/diagnosticSettings", "Microsoft.Resources/deployments"];

    // Only previews know groups of categories.
    private static readonly string[] OnlyPreviews = ["Microsoft.Insights/diagnosticSettings"];

    // Flex Consumption refuses a site that has one of these.
    private static readonly string[] NotOnFlex =
    [
        "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_MAX_HTTP_CONCURRENCY", "FUNCTIONS_WORKER_PROCESS_COUNT", "ENABLE_ORYX_BUILD",
        "SCM_DO_BUILD_DURING_DEPLOYMENT", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENT", "WEBSITE_VNET_ROUTE_ALL", "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
    ];

    public string Name => "template";

    public string Purpose => "the compiled template: tags, API versions, settings that Flex Consumption refuses";

    public void Run(DeploymentTree tree, Report report)
    {
        if (tree.Template(report) is not { } template) return;
        foreach (var resource in template.Resources)
        {
            var place = tree.LocateResource(resource.Type);
            if (resource.ApiVersion.Contains("preview", StringComparison.OrdinalIgnoreCase) && !OnlyPreviews.Contains(resource.Type))
                report.Add(place, $"{resource.Type} is of the preview {resource.ApiVersion}", "take the newest version that is none");
            if (TakesTags(resource.Type) && resource.Tags?.ContainsKey("azd-env-name") != true)
                report.Add(place, $"{resource.Type} '{resource.Name}' has no tag azd-env-name", "give it the tags: azd down and the bill go by them");
        }
        if (template.Of("Microsoft.Web/sites").Any() && !AppSettings.Of(template).Any())
            report.Add(tree.LocateResource("Microsoft.Web/sites"), "no app setting of the site can be worked out", "write them as an object, or teach Scope how they are made");
        foreach (var (name, _) in AppSettings.Of(template))
            if (NotOnFlex.Any(no => name.StartsWith(no, StringComparison.OrdinalIgnoreCase)))
                report.Add(tree.Locate(tree.Compilation.Files, name), $"Flex Consumption refuses the setting {name}", "take it away: functionAppConfig says it");
    }

    private static bool TakesTags(string type) =>
        type.Count(c => c == '/') == 1 && !WithoutTags.Any(no => type.StartsWith(no, StringComparison.OrdinalIgnoreCase));
}
