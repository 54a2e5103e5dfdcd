using System.Text.Json;

namespace IoMTAD.Infra.Tests.Hooks;

/// <summary>What the hooks of a deployment do with Azure's tools, and what they leave where one of them fails.</summary>
public sealed class HooksTests : IDisposable
{
    private const string Held = "psql*-A -t -v ON_ERROR_STOP=1*", HasRecord = "psql*to_regclass*";

    private readonly HookRun hooks = new();

    public void Dispose() => hooks.Dispose();

    [Theory]
    [InlineData("user", "User", "anna@hospital.example")]
    [InlineData("servicePrincipal", "ServicePrincipal", "deployer")]
    public void Who_deploys_becomes_administrator_of_the_record(string kind, string expected, string name)
    {
        hooks.Answer("az account show --query user.type*", kind).Answer("az account show --query user.name*", "app-1")
            .Answer("az ad signed-in-user show --query id*", "oid-1").Answer("az ad signed-in-user show --query userPrincipalName*", name)
            .Answer("az ad sp show --id app-1 --query id*", "oid-1").Answer("az ad sp show --id app-1 --query displayName*", name);

        Assert.Equal(0, hooks.Run("preprovision.sh"));

        Assert.Contains($"azd env set IOMTAD_PRINCIPAL_NAME {name}", hooks.Calls);
        Assert.Contains($"azd env set IOMTAD_PRINCIPAL_KIND {expected}", hooks.Calls);
        Assert.Contains("azd env set IOMTAD_PRINCIPAL_ID oid-1", hooks.Calls);
        Assert.Contains("nobody gets mail of alerts", hooks.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_known_already_and_the_month_of_the_budget_stay()
    {
        (hooks.Environment["IOMTAD_PRINCIPAL_NAME"], hooks.Environment["IOMTAD_BUDGET_START"]) = ("anna", "2026-11-01");
        Assert.Equal(0, hooks.Run("preprovision.sh"));
        Assert.DoesNotContain(hooks.Calls, call => call.StartsWith("azd env set", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_signed_in_is_told_to_sign_in()
    {
        hooks.Answer("az account show*", code: 1);
        Assert.Equal(1, hooks.Run("preprovision.sh"));
        Assert.Contains("'az login'", hooks.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_gets_its_roles_and_tables_and_its_firewall_is_closed_again()
    {
        hooks.Answer("az account get-access-token*", "a-token");

        Assert.Equal(0, hooks.Run("database.sh"));

        Assert.Contains("pgaadauth_create_principal_with_oid(:'name', :'id', 'service', false, false)", hooks.Input, StringComparison.Ordinal);
        Assert.Contains(hooks.Calls,
            c => c.StartsWith("psql", StringComparison.Ordinal)
                && c.Contains("-v name=id-iomtad -v id=5d1f", StringComparison.Ordinal));
        Assert.EndsWith("IoMTAD.Functions.dll schema apply --runtime-role id-iomtad",
            hooks.Calls.Last(c => c.StartsWith("dotnet", StringComparison.Ordinal)), StringComparison.Ordinal);
        AssertOpenedAndClosed();
        Assert.DoesNotContain(hooks.Calls, c => c.Contains("a-token", StringComparison.Ordinal));
        Assert.DoesNotContain("iomtad_reader", hooks.Input, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("psql*SELECT 1*")]
    [InlineData("dotnet*schema apply*")]
    [InlineData("az account get-access-token*")]
    public void Where_a_step_fails_the_firewall_is_closed_all_the_same(string step)
    {
        hooks.Answer(step, code: 1);
        Assert.NotEqual(0, hooks.Run("database.sh"));
        AssertOpenedAndClosed();
    }

    [Fact]
    public void Within_a_network_there_is_no_firewall_to_open()
    {
        hooks.Environment["IOMTAD_VNET_ENABLED"] = "true";
        Assert.Equal(0, hooks.Run("database.sh"));
        Assert.DoesNotContain(hooks.Calls, c => c.StartsWith("az rest", StringComparison.Ordinal));
    }

    [Fact]
    public void Grafanas_role_gets_a_password_that_is_in_the_vault_and_in_no_command_line()
    {
        hooks.Environment["IOMTAD_RECORD_IN_GRAFANA"] = "true";
        hooks.Answer("az keyvault secret show*", code: 1);

        Assert.Equal(0, hooks.Run("database.sh"));

        Assert.Contains("ALTER ROLE iomtad_reader PASSWORD :'password'", hooks.Input, StringComparison.Ordinal);
        Assert.Single(hooks.Calls, c => c.StartsWith("az keyvault secret set --vault-name kv-ward --name grafana-record --file ", StringComparison.Ordinal));
        Assert.Contains(hooks.Calls, c => c.EndsWith("infra/grafana/reader.sql", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(hooks.Of("../tmp")));
    }

    [Fact]
    public void Grafana_gets_its_data_sources_and_dashboards_and_secrets_go_by_file()
    {
        hooks.Environment["IOMTAD_RECORD_IN_GRAFANA"] = "true";
        hooks.Answer("az keyvault secret show*influx-token*", "series-secret").Answer("az keyvault secret show*grafana-record*", "record-secret")
            .Answer("az grafana data-source show*iomtad-record*", code: 1);

        Assert.Equal(0, hooks.Run("grafana.sh"));

        Assert.Contains(hooks.Calls,
            c => c.StartsWith("az grafana data-source update", StringComparison.Ordinal)
                && c.Contains("--data-source iomtad-series", StringComparison.Ordinal));
        Assert.Contains(hooks.Calls,
            c => c.StartsWith("az grafana data-source create", StringComparison.Ordinal)
                && c.Contains("iomtad-record.json", StringComparison.Ordinal));
        Assert.Equal(2, hooks.Calls.Count(c => c.StartsWith("az grafana dashboard create", StringComparison.Ordinal)
            && c.Contains("--overwrite true", StringComparison.Ordinal)));
        Assert.Contains("Token series-secret", hooks.Files, StringComparison.Ordinal);
        Assert.DoesNotContain(hooks.Calls, c => c.Contains("-secret", StringComparison.Ordinal) && !c.StartsWith("az keyvault", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(hooks.Of("../tmp")));
    }

    [Fact]
    public void A_vault_that_gives_out_nothing_yet_is_named()
    {
        hooks.Answer("az keyvault secret show*", code: 1);
        Assert.Equal(1, hooks.Run("grafana.sh"));
        Assert.Contains("does not give out influx-token: rights take some minutes", hooks.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Local_settings_are_json_that_switches_every_trigger_off_and_what_a_person_wrote_stays()
    {
        var (file, beside) = (hooks.Of("functions/IoMTAD.Functions/local.settings.json"), hooks.Of("functions/IoMTAD.Functions/local.settings.azure.json"));
        Assert.Equal(0, hooks.Run("local-settings.sh"));
        using var written = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var function in (string[])["ScoreTraffic", "AuditOffsets", "OutboxCalled", "OutboxDue", "TrainModelsSchedule", "WatchDrift"])
            Assert.Equal("true", written.RootElement.GetProperty("Values").GetProperty($"AzureWebJobs.{function}.Disabled").GetString());
        Assert.Equal(0, hooks.Run("local-settings.sh"));
        Assert.Contains("is up to date", hooks.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(beside));

        File.WriteAllText(file, "mine");
        Assert.Equal(0, hooks.Run("local-settings.sh"));
        Assert.Equal("mine", File.ReadAllText(file));
        Assert.True(File.Exists(beside));
    }

    [Fact]
    public void Nothing_held_goes_down_and_it_is_said_what_stays()
    {
        hooks.Answer(HasRecord, "f").Answer(Held, "0");
        Assert.Equal(0, hooks.Run("predown.sh"));
        Assert.Contains("what stays after 'azd down'", hooks.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(hooks.Calls, c => c.StartsWith("pg_dump", StringComparison.Ordinal));
        AssertOpenedAndClosed();
    }

    [Theory]
    [InlineData("", "0", "it is not said where the record goes")]
    [InlineData("archive", "1", "belongs to this deployment and would go with it")]
    public void What_has_legal_hold_does_not_go_down_without_a_place_of_its_own(string archive, string inside, string said)
    {
        hooks.Environment["IOMTAD_ARCHIVE_ACCOUNT"] = archive;
        hooks.Answer(HasRecord, "f").Answer(Held, "2").Answer("az resource list*", inside);
        Assert.Equal(1, hooks.Run("predown.sh"));
        Assert.Contains(said, hooks.Error, StringComparison.Ordinal);
        AssertOpenedAndClosed();
    }

    [Fact]
    public void What_has_legal_hold_is_archived_under_one()
    {
        hooks.Environment["IOMTAD_ARCHIVE_ACCOUNT"] = "archive";
        hooks.Answer(HasRecord, "f").Answer(Held, "2").Answer("az resource list*", "0");
        Assert.Equal(0, hooks.Run("predown.sh"));
        var steps = hooks.Calls.Where(c => c.StartsWith("pg_dump", StringComparison.Ordinal) || c.StartsWith("az storage", StringComparison.Ordinal)).ToList();
        Assert.Equal(["pg_dump", "az storage container create", "az storage blob upload", "az storage container legal-hold"],
            steps.Select(c => string.Join(' ', c.Split(' ').TakeWhile(w => !w.StartsWith('-') && w != "set"))));
        Assert.Contains("--schema=iomtad", steps[0], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(hooks.Of("../tmp")));
    }

    [Fact]
    public void An_archive_that_takes_nothing_stops_it_and_the_dump_stays()
    {
        hooks.Environment["IOMTAD_ARCHIVE_ACCOUNT"] = "archive";
        hooks.Answer(HasRecord, "f").Answer(Held, "2").Answer("az resource list*", "0").Answer("az storage blob upload*", code: 1);
        Assert.Equal(1, hooks.Run("predown.sh"));
        Assert.Contains("nothing was deleted, the dump is ", hooks.Error, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(hooks.Of("../tmp")));
    }

    [Theory]
    [InlineData("preprovision.sh", "azd")]
    [InlineData("grafana.sh", "az")]
    public void A_tool_that_is_missing_is_named(string hook, string tool)
    {
        hooks.Remove(tool);
        Assert.SkipWhen(File.Exists($"/usr/bin/{tool}"), $"{tool} is installed here");
        Assert.Equal(1, hooks.Run(hook));
        Assert.Contains($"'{tool}' is missing", hooks.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_is_missing_says_to_provision_first()
    {
        hooks.Environment.Remove("IOMTAD_RECORD_HOST");
        Assert.Equal(1, hooks.Run("database.sh"));
        Assert.Contains("IOMTAD_RECORD_HOST is not set: run 'azd provision' first", hooks.Error, StringComparison.Ordinal);
    }

    private void AssertOpenedAndClosed()
    {
        var rules = hooks.Calls.Where(c => c.Contains("firewallRules/deployment", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rules.Count);
        Assert.Contains("--method put", rules[0], StringComparison.Ordinal);
        Assert.Contains("--method delete", rules[1], StringComparison.Ordinal);
    }
}
