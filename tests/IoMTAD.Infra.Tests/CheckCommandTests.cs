namespace IoMTAD.Infra.Tests;

public sealed class CheckCommandTests
{
    [Fact]
    public void A_clean_tree_exits_with_0_and_says_how_much_was_looked_at()
    {
        using var written = new Written(("infra/compose.yaml", "services: { a: { image: \"b:1\" } }"));
        Assert.Equal((0, "compose      1 file\n", ""), Run("--root", written.Tree.Root, "--only", "compose"));
    }

    [Fact]
    public void A_finding_exits_with_1_and_names_file_line_fault_and_remedy()
    {
        using var written = new Written(("infra/compose.yaml", "services:\n  a: { image: \"b:latest\" }"));
        Assert.Equal(
            (1, "compose      1 file, 1 found\n  infra/compose.yaml(2): a: image b:latest is whatever is newest; name the version that was tried\n", ""),
            Run("--root", written.Tree.Root, "--only", "compose"));
    }

    [Fact]
    public void Json_is_one_object_per_check()
    {
        using var written = new Written(("infra/compose.yaml", "services: { a: { image: b } }"));
        Assert.StartsWith("""{"check":"compose","files":["infra/compose.yaml"],"findings":[{"file":"infra/compose.yaml","line":1,""",
            Run("--root", written.Tree.Root, "--only", "compose", "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_finds_nothing_to_look_at_fails()
    {
        using var written = new Written(("README.md", ""));
        Assert.Equal(1, Run("--root", written.Tree.Root, "--only", "hooks").Exit);
    }

    [Theory]
    [InlineData("--root", "/nowhere")]
    [InlineData("--only", "nonesuch")]
    [InlineData("--nonesuch")]
    [InlineData("queries", "--series", "http://127.0.0.1:9/")]
    [InlineData("queries", "--record", "Host=127.0.0.1", "--series", "localhost")]
    [InlineData("queries", "--record", "Host=127.0.0.1;Port=9;Timeout=2", "--series", "http://127.0.0.1:9/")]
    public void Wrong_use_exits_with_2(params string[] arguments) => Assert.Equal(2, Run(arguments).Exit);

    [Fact]
    public void Help_names_every_check()
    {
        var help = Run("--help").Output;
        Assert.All(CheckList.All, check => Assert.Contains($"  {check.Name} ", help, StringComparison.Ordinal));
    }

    private static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = CheckCommand.Run(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
