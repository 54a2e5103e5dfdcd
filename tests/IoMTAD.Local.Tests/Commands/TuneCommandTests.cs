using System.Text.Json;
using IoMTAD.Local.Commands;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

public sealed class TuneCommandTests(SimulatedWard ward) : IDisposable
{
    private readonly MadeUpDataset data = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task The_threshold_is_set_by_newer_benign_traffic_and_says_what_it_rests_on()
    {
        await TrainAsync();
        var newer = data.Write("newer/Benign.csv", 4000, 0, 77);
        var result = await Iomtad.SucceedAsync("tune", "--model", folder.File("m"), "--data", newer, "--false-alarm-rate", "0.05",
            "--store", folder.File("store"));
        Assert.Contains("at 5% false alarms, resting on 400 benign sequences", result.Output, StringComparison.Ordinal);
        Assert.Contains("much as what the model learned", result.Output, StringComparison.Ordinal);
        Assert.Equal(0.05, Models.Load(folder.File("m")).Manifest.FalseAlarmRate);
        Assert.Contains("ThresholdTuned",
            (await Iomtad.SucceedAsync("events", "list", "--store", folder.File("store"), "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traffic_that_has_drifted_is_told()
    {
        await TrainAsync();
        var strange = data.Write("newer/Benign.csv", 4000, 1, 78);
        var result = await Iomtad.SucceedAsync("tune", "--model", folder.File("m"), "--data", strange, "--false-alarm-rate", "0.05", "--dry-run");
        Assert.Contains("train again on it", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_little_data_is_refused_with_the_number_that_is_needed()
    {
        await TrainAsync();
        var little = data.Write("newer/Benign.csv", 1000, 0, 77);
        var result = await Iomtad.RunAsync("tune", "--model", folder.File("m"), "--data", little, "--false-alarm-rate", "0.01");
        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Contains("100 benign sequences are too few for a false-alarm rate of 1%: 368 are needed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_very_data_that_was_learned_is_refused()
    {
        await TrainAsync();
        var result = await Iomtad.RunAsync("tune", "--model", folder.File("m"), "--data", data.Folder);
        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Contains("learned from these very sequences", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_of_devices_with_enough_traffic_get_thresholds_of_their_own_and_a_dry_run_writes_nothing()
    {
        var model = SimulatedWard.Copy(await ward.ModelAsync(), folder.File("ward"));
        var before = File.ReadAllText(Path.Combine(model, "manifest.json"));
        var (capture, devices) = (folder.File("later.pcap"), folder.File("ward.json"));
        await Iomtad.SucceedAsync("simulate", "--out", capture, "--duration", "8m", "--seed", "9", "--inventory-out", devices);
        string[] tune = ["tune", "--model", model, "--data", capture, "--inventory", devices, "--false-alarm-rate", "0.01", "--json"];
        var dry = await Iomtad.SucceedAsync([.. tune, "--dry-run"]);
        Assert.Equal(before, File.ReadAllText(Path.Combine(model, "manifest.json")));
        await Iomtad.SucceedAsync(tune);
        var thresholds = Models.Load(model).Manifest.KindThresholds;
        var kinds = JsonDocument.Parse(dry.Output).RootElement.GetProperty("kinds").EnumerateArray().ToList();
        Assert.True(kinds.Count > 3);
        Assert.Equal(kinds.Count(k => k.GetProperty("tuned").ValueKind == JsonValueKind.Object), thresholds.Count);
        Assert.InRange(thresholds.Count, 1, kinds.Count - 1);
        Assert.All(kinds.Where(k => k.GetProperty("sequences").GetInt32() < 368),
            k => Assert.Contains("368 are needed", k.GetProperty("why").GetString(), StringComparison.Ordinal));
        var lines = (await Iomtad.SucceedAsync([.. tune[..^1], "--dry-run"])).OutputLines;
        Assert.All(kinds, kind => Assert.Single(lines, line => line == LineOf(kind)));
    }

    /// <summary>What people read of a kind's JSON.</summary>
    private static string LineOf(JsonElement kind)
    {
        var (name, tuned) = (kind.GetProperty("kind").GetString(), kind.GetProperty("tuned"));
        if (tuned.ValueKind != JsonValueKind.Object) return $"  {name}: the general threshold; {kind.GetProperty("why").GetString()}";
        var (threshold, low, high) = (tuned.GetProperty("threshold").GetDouble(), tuned.GetProperty("low").GetDouble(), tuned.GetProperty("high").GetDouble());
        return FormattableString.Invariant(
            $"  {name}: {threshold:0.###} (95 %: {low:0.###} to {high:0.###}), from {kind.GetProperty("sequences").GetInt32():#,0} sequences");
    }

    private Task<CommandResult> TrainAsync() =>
        Iomtad.SucceedAsync("train", "--data", data.Folder, "--out", folder.File("m"), "--epochs", "3");
}
