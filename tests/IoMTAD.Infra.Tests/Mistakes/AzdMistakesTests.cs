namespace IoMTAD.Infra.Tests.Mistakes;

public sealed class AzdMistakesTests
{
    private const string File = "azure.yaml", Hook = "infra/hooks/postprovision.sh";

    private static readonly Mistake[] All =
    [
        new("a misspelt key", "azd", File, "language: dotnet", "langauge: dotnet", "'services.functions.langauge' is unknown"),
        new("a language that azd does not have", "azd", File, "language: dotnet", "language: c#", "'services.functions.language' is 'c#'"),
        new("a project that is not there", "azd", File, "project: functions/IoMTAD.Functions", "project: functions/IoMTAD.Function",
            "there is no project in 'functions/IoMTAD.Function'"),
        new("a hook that azd never calls", "azd", File, "postprovision:", "afterprovision:", "azd never calls a hook 'afterprovision'"),
        new("a hook that is not there", "azd", File, Hook, "infra/hooks/postprovison.sh",
            "runs 'infra/hooks/postprovison.sh', which is not there"),
        new("a hook for one shell alone", "hooks", Hook, "#!/bin/sh", "#!/bin/bash", "does not start with #!/bin/sh"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Titles => Mistake.Titles(All);

    [Theory, MemberData(nameof(Titles))]
    public void A_planted_mistake_is_found(string title) => Mistake.IsFound(All, title);

    [Fact]
    public void A_service_that_no_tag_names_is_found()
    {
        using var tree = new Planted();
        tree.Plant(new("", "azd", File, "  functions:", "  function:", ""));
        Assert.Equal(
            ["azure.yaml: 0 resources of the template have the tag azd-service-name 'function'",
                "infra/modules/function-app.bicep: the tag azd-service-name 'functions' names no service of azure.yaml"],
            tree.Check("azd").Findings.Select(f => $"{f.File}: {f.Fault}"));
    }

    [Fact]
    public void A_hook_that_cannot_be_executed_is_found()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no such right there");
        using var tree = new Planted();
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(tree.Full(Hook), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var finding = Assert.Single(tree.Check("hooks").Findings);
        Assert.Equal((Hook, "is not executable"), (finding.File, finding.Fault));
    }

    [Fact]
    public void A_hook_that_no_shell_takes_is_found()
    {
        Assert.SkipUnless(Tool.IsThere("sh"), "there is no sh here");
        using var tree = new Planted();
        System.IO.File.AppendAllText(tree.Full(Hook), "if true; then\n");
        Assert.Contains(tree.Check("hooks").Findings, f => f.File == Hook
            && f.Fault.StartsWith("sh does not take it: ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_shellcheck_says_is_found()
    {
        Assert.SkipUnless(Tool.IsThere("shellcheck"), "shellcheck is not installed here");
        using var tree = new Planted();
        System.IO.File.AppendAllText(tree.Full(Hook), "rm -r $HOME/$1\n");
        Assert.Contains(tree.Check("hooks").Findings, f => f.File == Hook && f.Fault.StartsWith("shellcheck: ", StringComparison.Ordinal));
    }
}
