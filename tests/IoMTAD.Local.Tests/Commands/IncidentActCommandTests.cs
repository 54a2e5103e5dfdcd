using System.Text.Json;
using IoMTAD.Local.Commands;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>What people do from the command line, on the record of a simulated attack.</summary>
public sealed class IncidentActCommandTests(SimulatedWard ward) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_incident_is_acknowledged_noted_closed_and_opened_again()
    {
        var (store, id) = await OpenAsync();
        await Iomtad.SucceedAsync("incidents", "ack", id, "--by", "anna", "--store", store);
        await Iomtad.SucceedAsync("incidents", "note", id, "the scanner of IT", "--by", "anna", "--store", store);
        await Iomtad.SucceedAsync("incidents", "close", id[..8], "--as", "FalseAlarm", "--note", "known", "--by", "bert", "--store", store);
        var reopened = Json(await Iomtad.SucceedAsync("incidents", "reopen", id, "--by", "carl", "--json", "--store", store));

        Assert.Equal(id, reopened.GetProperty("previousId").GetString());
        var shown = await Iomtad.SucceedAsync("incidents", "show", id, "--store", store);
        Assert.Contains("anna is looking", shown.Output, StringComparison.Ordinal);
        Assert.Contains("FalseAlarm by bert", shown.Output, StringComparison.Ordinal);
        Assert.Contains("carl went on with it", shown.Output, StringComparison.Ordinal);
        Assert.Contains("holds", (await Iomtad.SucceedAsync("events", "verify", "--store", store)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_in_words()
    {
        var (store, id) = await OpenAsync();
        await Iomtad.SucceedAsync("incidents", "close", id, "--as", "Malfunction", "--store", store);
        var result = await Iomtad.RunAsync("incidents", "close", id, "--as", "FalseAlarm", "--store", store);
        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Contains("reopen", result.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUse, (await Iomtad.RunAsync("incidents", "close", id, "--as", "Nonsense", "--store", store)).ExitCode);
    }

    [Fact]
    public async Task A_rule_is_tried_on_the_past_before_it_holds()
    {
        var (store, id) = await OpenAsync();
        await Iomtad.SucceedAsync("incidents", "close", id, "--as", "TrueAttack", "--store", store);
        var device = Json(await Iomtad.SucceedAsync("incidents", "list", "--json", "--store", store)).GetProperty("device").GetProperty("id").GetString()!;
        string[] rule = ["suppressions", "allow", "--device", device, "--class", "SYN flood", "--for", "24h", "--store", store];

        var tried = await Iomtad.SucceedAsync([.. rule, "--dry-run"]);
        Assert.Contains("would have silenced", tried.Output, StringComparison.Ordinal);
        Assert.Empty((await Iomtad.SucceedAsync("suppressions", "list", "--json", "--store", store)).OutputLines);

        var added = Json(await Iomtad.SucceedAsync([.. rule, "--json"]));
        var listed = await Iomtad.SucceedAsync("suppressions", "list", "--store", store);
        Assert.Contains("SYN flood", listed.Output, StringComparison.Ordinal);
        await Iomtad.SucceedAsync("suppressions", "revoke", added.GetProperty("id").GetString()!, "--store", store);
        Assert.Empty((await Iomtad.SucceedAsync("suppressions", "list", "--json", "--store", store)).OutputLines);
    }

    [Fact]
    public async Task A_page_for_others_needs_a_key_and_HTTPS_or_a_word_about_it()
    {
        var (store, _) = await OpenAsync();
        var clear = await Iomtad.RunAsync("serve", "--store", store, "--listen", "0.0.0.0");
        Assert.Equal((ExitCode.WrongUse, true), (clear.ExitCode, clear.Error.Contains("--tls-cert", StringComparison.Ordinal)));
        var open = await Iomtad.RunAsync("serve", "--store", store, "--listen", "0.0.0.0", "--plain-http");
        Assert.Equal((ExitCode.WrongUse, true), (open.ExitCode, open.Error.Contains("iomtad keys add", StringComparison.Ordinal)));

        var key = await Iomtad.SucceedAsync("keys", "add", "anna", "--role", "analyst", "--store", store);
        Assert.StartsWith("iomtad_", key.Output, StringComparison.Ordinal);
        Assert.Contains("anna", (await Iomtad.SucceedAsync("keys", "list", "--store", store)).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.FaultInInput, (await Iomtad.RunAsync("keys", "add", "anna", "--store", store)).ExitCode);
        await Iomtad.SucceedAsync("keys", "revoke", "anna", "--store", store);
    }

    /// <returns>A copy of the attacked ward's store, and its first incident.</returns>
    private async Task<(string Store, string Id)> OpenAsync()
    {
        var store = SimulatedWard.Copy(await ward.StoreAsync(), folder.File("store"));
        return (store, Json(await Iomtad.SucceedAsync("incidents", "list", "--json", "--store", store)).GetProperty("id").GetString()!);
    }

    private static JsonElement Json(CommandResult result) => JsonDocument.Parse(result.OutputLines[0]).RootElement;
}
