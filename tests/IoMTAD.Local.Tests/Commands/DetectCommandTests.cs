using System.Text.Json;
using IoMTAD.Inference;
using IoMTAD.Local.Commands;
using IoMTAD.Policy.Incidents;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

public sealed class DetectCommandTests(SimulatedWard ward) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_attack_is_an_incident_and_exit_code_three_where_that_is_asked_for()
    {
        var quiet = await DetectAsync(await ward.AttackedAsync());
        var asked = await DetectAsync(await ward.AttackedAsync(), "--fail-on-anomaly", "--json");

        Assert.Equal(ExitCode.Done, quiet.ExitCode);
        Assert.Equal(ExitCode.AnomaliesFound, asked.ExitCode);
        var lines = asked.OutputLines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var summary = lines[^1];
        Assert.Equal(lines.Count - 1, summary.GetProperty("incidents").GetInt32());
        Assert.Equal(0, summary.GetProperty("faults").GetInt32());
        Assert.Contains(lines.SkipLast(1), i => i.GetProperty("summary").GetString()!.Contains("SYN flood", StringComparison.Ordinal));
        Assert.Equal(quiet.OutputLines, asked.OutputLines.SkipLast(1));
    }

    [Fact]
    public async Task A_calm_ward_is_exit_code_zero_even_then()
    {
        var result = await DetectAsync(await ward.BenignAsync(), "--fail-on-anomaly");
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData(AnomalyModel.WeightsFile, "SHA-256")]
    [InlineData(AnomalyModel.ManifestFile, "manifest.json")]
    public async Task A_model_with_one_byte_changed_is_refused_with_the_way_out(string file, string hint)
    {
        var damaged = SimulatedWard.Copy(await ward.ModelAsync(), folder.File("damaged"));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(damaged, file), TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 0x80;
        await File.WriteAllBytesAsync(Path.Combine(damaged, file), bytes, TestContext.Current.CancellationToken);

        var result = await Iomtad.RunAsync("detect", await ward.AttackedAsync(), "--model", damaged);

        Assert.Equal((ExitCode.FaultInInput, ""), (result.ExitCode, result.Output));
        var told = Assert.Single(result.ErrorLines);
        Assert.Contains(hint, told, StringComparison.Ordinal);
        Assert.Contains("iomtad train", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_capture_is_said_so_and_the_others_are_still_read()
    {
        var text = folder.File("notes.pcap");
        await File.WriteAllTextAsync(text, "This is not a capture at all.", TestContext.Current.CancellationToken);

        var result = await Iomtad.RunAsync("detect", text, await ward.AttackedAsync(), "--model", await ward.ModelAsync(), "--json");

        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Equal($"iomtad: {text}: neither pcap nor pcapng", Assert.Single(result.ErrorLines));
        Assert.True(JsonDocument.Parse(result.OutputLines[^1]).RootElement.GetProperty("frames").GetInt64() > 20_000);
    }

    [Fact]
    public async Task A_capture_cut_short_is_read_up_to_the_cut()
    {
        var cut = folder.File("cut.pcap");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(await ward.AttackedAsync(), TestContext.Current.CancellationToken))[..100_000],
            TestContext.Current.CancellationToken);

        var result = await Iomtad.RunAsync("detect", cut, "--model", await ward.ModelAsync(), "--inventory", ward.Inventory, "--json");

        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.StartsWith($"iomtad: {cut}: cut short in the record at byte 99", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(result.OutputLines[^1]).RootElement.GetProperty("frames").GetInt64() > 200);
    }

    [Fact]
    public async Task Rows_for_a_model_of_captures_are_refused_in_one_line()
    {
        var rows = folder.File("rows.csv");
        await File.WriteAllTextAsync(rows, "a,b\n1,2\n3,4\n", TestContext.Current.CancellationToken);

        var result = await Iomtad.RunAsync("detect", rows, "--model", await ward.ModelAsync());

        Assert.Equal(ExitCode.WrongUse, result.ExitCode);
        Assert.Contains("the model takes captures", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_once_more_into_the_same_store_adds_nothing()
    {
        var store = folder.File("store");
        var first = await DetectAsync(await ward.AttackedAsync(), "--store", store);
        var events = await StoredRun.EventsAsync(store);
        var second = await DetectAsync(await ward.AttackedAsync(), "--store", store);

        Assert.NotEmpty(first.OutputLines);
        Assert.Empty(second.OutputLines);
        Assert.Equal(events, await StoredRun.EventsAsync(store));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_model_of_real_labelled_rows_names_connect_floods_with_a_probability_and_says_nothing_of_calm()
    {
        var (data, model) = (SharedData.Require("ciciomt2024"), folder.File("real"));
        await Iomtad.SucceedAsync("train", "--data", data, "--out", model, "--epochs", "2");

        foreach (var name in new[] { "MQTT-DDoS-Connect_Flood", "MQTT-DoS-Connect_Flood" })
        {
            var store = folder.File(name);
            var result = await Iomtad.SucceedAsync("detect", Rows(name), "--model", model, "--store", store);
            var observed = (await StoredRun.EventsAsync(store)).Select(e => e.Event).OfType<AnomalyObserved>().ToList();
            Assert.True(observed.Count > 10, $"{observed.Count} anomalies of {name}");
            Assert.All(observed, o => Assert.Equal((name, "T0814"), (o.Suspected?.Name, o.Suspected?.Technique)));
            Assert.All(observed, o => Assert.InRange(o.Suspected!.Probability!.Value, 0.2, 1));
            Assert.Matches($@"suspected {name} \(\d+ %\)", result.OutputLines[0]);
        }
        Assert.Empty((await Iomtad.SucceedAsync("detect", Rows("Benign"), "--model", model)).OutputLines);

        string Rows(string name) => Path.Combine(data, "test", $"{name}_test.pcap.csv");
    }

    private async Task<CommandResult> DetectAsync(string file, params string[] options) =>
        await Iomtad.RunAsync(["detect", file, "--model", await ward.ModelAsync(), "--inventory", ward.Inventory, .. options]);
}
