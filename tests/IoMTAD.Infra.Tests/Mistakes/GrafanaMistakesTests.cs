namespace IoMTAD.Infra.Tests.Mistakes;

public sealed class GrafanaMistakesTests
{
    private const string Ward = "infra/grafana/dashboards/iomtad-ward.json";
    private const string Sources = "infra/grafana/provisioning/datasources/iomtad.yaml",
        Providers = "infra/grafana/provisioning/dashboards/iomtad.yaml";

    private static readonly Mistake[] All =
    [
        new("a panel that does not say what it shows", "grafana", Ward, "\"description\": \"Devices of which",
            "\"note\": \"Devices of which", "panel 'Devices heard' does not say what it shows"),
        new("a panel without a unit", "grafana", Ward, "\"unit\": \"percentunit\"", "\"units\": \"percentunit\"", "has no unit"),
        new("a panel that asks a data source that is not there", "grafana", Ward, "\"uid\": \"iomtad-series\"",
            "\"uid\": \"iomtad-serie\"", "there is no data source 'iomtad-serie'"),
        new("two panels of one number", "grafana", Ward, "\"id\": 2,", "\"id\": 1,", "2 panels have the id 1"),
        new("a misspelt key of a data source", "grafana", Sources, "editable: false", "editabel: false",
            "'datasources[0].editabel' is unknown"),
        new("a password in clear", "grafana", Sources, "password: $IOMTAD_RECORD_PASSWORD", "password: hunter2",
            "has the secret 'password' in clear"),
        new("a misspelt key of a provider", "grafana", Providers, "allowUiUpdates", "allowUIUpdates",
            "'providers[0].allowUIUpdates' is unknown"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Titles => Mistake.Titles(All);

    [Theory, MemberData(nameof(Titles))]
    public void A_planted_mistake_is_found(string title) => Mistake.IsFound(All, title);
}
