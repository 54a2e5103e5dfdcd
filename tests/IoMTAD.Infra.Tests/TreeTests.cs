using IoMTAD.Tests;

namespace IoMTAD.Infra.Tests;

public sealed class TreeTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => CheckList.All.Select(c => new TheoryDataRow<string>(c.Name));

    [Theory, MemberData(nameof(Names))]
    public void The_check_finds_nothing_in_this_tree(string name) => FindsNothing(new DeploymentTree(SharedData.RepositoryRoot), name);

    [Theory]
    [InlineData("kubernetes")]
    [InlineData("pods")]
    [InlineData("references")]
    [InlineData("settings")]
    public void It_finds_nothing_without_kustomize_either(string name) =>
        FindsNothing(new DeploymentTree(SharedData.RepositoryRoot) { HasKustomize = false }, name);

    private static void FindsNothing(DeploymentTree tree, string name) =>
        Assert.Equal("", string.Join('\n', Assert.Single(CheckList.Run(tree, [name])).Findings));
}
