namespace IoMTAD.Infra.Tests.Mistakes;

/// <summary>What the compiler itself has to find.</summary>
[Trait("Category", "Slow")]
public sealed class BicepMistakesTests(BicepMistakesTests.Planted tree) : IClassFixture<BicepMistakesTests.Planted>
{
    private static readonly Mistake[] All =
    [
        new("a misspelt property of a resource", "bicep", "infra/modules/event-hubs.bicep", "isAutoInflateEnabled:",
            "isAutoInflateEnable:", "\"isAutoInflateEnable\" is not allowed"),
        new("a value of the wrong type", "bicep", "infra/modules/monitoring.bicep", "DisableLocalAuth: true", "DisableLocalAuth: 'yes'",
            "\"DisableLocalAuth\" expected a value of type"),
        new("an API version that does not exist", "bicep", "infra/modules/key-vault.bicep", "vaults@2025-05-01'", "vaults@2025-05-99'",
            "vaults@2025-05-99\" does not have types available"),
        new("an output that a module does not have", "bicep", "infra/main.bicep", "monitoring.outputs.workspaceId",
            "monitoring.outputs.workspace", "does not contain property \"workspace\""),
        new("a parameter that a module does not have", "bicep", "infra/main.bicep", "trainingResultsDays: 30",
            "trainingResultsDays: 30\n    tier: 'premium'", "\"tier\" is not allowed"),
        new("a secret in an output", "bicep", "infra/modules/series-storage.bicep", "output vaultEntry",
            "output key string = account.listKeys().keys[0].value\noutput vaultEntry", "Outputs should not contain secrets"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Titles => Mistake.Titles(All);

    [Theory, MemberData(nameof(Titles))]
    public void A_planted_mistake_is_found(string title) => tree.IsFound(title);

    [Fact]
    public void Nothing_else_is_found() => tree.NothingElseIsFound();

    [Fact]
    public void A_module_that_nothing_uses_is_found()
    {
        using var spoilt = new Mistakes.Planted();
        File.WriteAllText(spoilt.Full("infra/modules/forgotten.bicep"), "param a string");
        Assert.Equal("infra/modules/forgotten.bicep", Assert.Single(spoilt.Check("bicep").Findings).File);
    }

    public sealed class Planted() : CompiledMistakes(All);
}
