namespace IoMTAD.Infra.Tests.Mistakes;

/// <summary>What compiles, and must not be deployed.</summary>
[Trait("Category", "Slow")]
public sealed class TemplateMistakesTests(TemplateMistakesTests.Planted tree) : IClassFixture<TemplateMistakesTests.Planted>
{
    private const string Settings = "infra/modules/host-settings.bicep", Parameters = "infra/main.parameters.json";

    private static readonly Mistake[] All =
    [
        new("a role of one wrong digit", "roles", "infra/modules/roles.bicep", "'b7e6dc6d-", "'b7e6dc6e-", "is no role that is known here"),
        new("a role by another's name", "roles", "infra/modules/roles.bicep", "'974c5e8b-45b9-4653-ba55-5f855dd0fb88'",
            "'0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'", "is 'Storage Table Data Contributor'"),
        new("a role by its name alone", "roles", "infra/modules/grafana.bicep",
            "'Microsoft.Authorization/roleDefinitions', roles.monitoringReader)",
            "'Microsoft.Authorization/roleDefinitions', 'Monitoring Reader')", "a role assignment names no id"),
        new("a secret that is written out", "secrets", "infra/modules/event-hubs.bicep",
            "namespace::traffic::trigger.listKeys().primaryConnectionString",
            "'Endpoint=sb://hunter2'", "the secret kafka-password of Key Vault is written out"),
        new("a resource without the environment's tag", "template", "infra/modules/key-vault.bicep", "tags: tags",
            "tags: { environment: tags['azd-env-name'] }", "Microsoft.KeyVault/vaults"),
        new("a preview of an API", "template", "infra/modules/identity.bicep", "userAssignedIdentities@2024-11-30",
            "userAssignedIdentities@2025-01-31-preview", "is of the preview"),
        new("a setting that Flex Consumption refuses", "template", Settings, "var rest = {",
            "var rest = {\n  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'", "refuses the setting FUNCTIONS_WORKER_RUNTIME"),
        new("a token in clear", "secrets", Settings,
            "Influx__Token: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${influxVaultEntry})'",
            "Influx__Token: influxVaultEntry", "Influx__Token"),
        new("a password in the connection of the record", "secrets", Settings, "SSL Mode=VerifyFull;",
            "Password=hunter2;SSL Mode=VerifyFull;", "ConnectionStrings__Record"),
        new("a secret in an output, its warning switched off", "secrets", "infra/modules/series-storage.bicep", "output vaultEntry",
            "#disable-next-line outputs-should-not-contain-secrets\noutput key string = account.listKeys().keys[0].value\noutput vaultEntry",
            "the output key holds a secret"),
        new("a container's secret by value", "secrets", "infra/modules/influxdb.bicep",
            "{ name: 'storage-key', keyVaultUrl: vault::key.properties.secretUri, identity: identityId }",
            "{ name: 'storage-key', value: secondHalf }", "secret storage-key is given by value"),
        new("a parameter that main.bicep does not have", "parameters", Parameters, "\"size\":",
            "\"colour\": { \"value\": \"\" },\n    \"size\":", "no parameter 'colour'"),
        new("a required parameter that is not given", "parameters", Parameters,
            "\"budgetStart\": { \"value\": \"${IOMTAD_BUDGET_START}\" },", "", "'budgetStart' of main.bicep is not given"),
        new("a value that is not allowed", "parameters", Parameters, "${IOMTAD_SIZE=ward}", "${IOMTAD_SIZE=clinic}",
            "'size' cannot be 'clinic'"),
        new("a setting that the host does not read", "settings", Settings, "Models__Name: 'ward'",
            "Models__Name: 'ward'\n  Modles__Name: 'ward'", "reads no setting 'Modles__Name'"),
        new("a required setting that is not set", "settings", Settings, "  Response__Schedule: '*/15 * * * * *'\n", "",
            "'Response:Schedule' is not set") { FoundIn = "infra/modules/function-app.bicep" },
        new("a setting of host.json that is unknown", "settings", Settings, "var rest = {",
            "var rest = {\n  AzureFunctionsJobHost__extensions__kafka__maxBatchSise: '1'", "maxBatchSise"),
        new("an alert rule without a page in the runbook", "documents", "docs/operations.md", "\n### unread\n", "\n#### unread\n",
            "'alert-unread' has no heading"),
        new("a secret without a row", "documents", "infra/modules/influxdb.bicep", "name: 'influx-token'", "name: 'influx-key'",
            "the secret 'influx-key' of Key Vault is not in the table") { FoundIn = "docs/operations.md" },
    ];

    public static IEnumerable<TheoryDataRow<string>> Titles => Mistake.Titles(All);

    [Theory, MemberData(nameof(Titles))]
    public void A_planted_mistake_is_found(string title) => tree.IsFound(title);

    [Fact]
    public void Nothing_else_is_found() => tree.NothingElseIsFound();

    public sealed class Planted() : CompiledMistakes(All);
}
