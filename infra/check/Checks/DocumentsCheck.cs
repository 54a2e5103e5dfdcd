using System.Text.RegularExpressions;
using IoMTAD.Infra.Templates;

namespace IoMTAD.Infra.Checks;

/// <summary>Whoever is woken by a rule, or asks where a secret comes from, finds it in docs/operations.md.</summary>
internal sealed partial class DocumentsCheck : ICheck
{
    private const string File = "docs/operations.md", Runbook = "## Runbook", Secrets = "## Secrets";
    private static readonly string[] Rules = ["Microsoft.Insights/scheduledQueryRules", "Microsoft.Insights/metricAlerts", "Microsoft.Insights/activityLogAlerts"];

    public string Name => "documents";

    public string Purpose => "docs/operations.md: a runbook for each alert rule, a row for each secret";

    public void Run(DeploymentTree tree, Report report)
    {
        report.See(File);
        if (tree.Template(report) is not { } template) return;
        var lines = tree.Lines(File);
        var rules = Rules.SelectMany(template.Of).Select(r => r.Name).ToList();
        var pages = Section(lines, Runbook).Where(l => l.Text.StartsWith("### ", StringComparison.Ordinal)).Select(l => (Title: l.Text[4..].Trim('`', ' '), l.Line)).ToList();
        foreach (var rule in rules.Where(rule => !pages.Any(p => IsOf(rule, p.Title))))
            report.Add(File, 1, $"the alert rule '{rule}' has no heading below '{Runbook}'", "write what it means and what to do, below '### ' and its name");
        foreach (var (title, line) in pages.Where(p => !rules.Any(rule => IsOf(rule, p.Title))))
            report.Add(File, line, $"no alert rule is called '{title}'", "take the page away, or spell it as the rule");

        var table = string.Join('\n', Section(lines, Secrets).Select(l => l.Text));
        var made = template.Of("Microsoft.KeyVault/vaults/secrets").Select(s => s.Name.Split('/')[^1]);
        var used = AppSettings.Of(template).SelectMany(s => Reference().Matches(s.Value)).Select(m => m.Groups["name"].Value);
        foreach (var secret in made.Concat(used).Distinct().Where(s => !table.Contains($"`{s}`", StringComparison.Ordinal)))
            report.Add(File, 1, $"the secret '{secret}' of Key Vault is not in the table below '{Secrets}'", "say where it is made, who uses it and how it is replaced");
    }

    private static bool IsOf(string rule, string title) => rule == title || rule.EndsWith("-" + title, StringComparison.Ordinal);

    // The lines below a heading, up to the next of its rank; headings may go on after these words.
    private static IEnumerable<(string Text, int Line)> Section(string[] lines, string heading) => lines.Select((text, i) => (text, i + 1))
        .SkipWhile(l => !l.text.StartsWith(heading, StringComparison.Ordinal)).Skip(1).TakeWhile(l => !l.text.StartsWith("## ", StringComparison.Ordinal));

    [GeneratedRegex(@"SecretName=(?<name>[^;)]+)|/secrets/(?<name>[^/)]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
