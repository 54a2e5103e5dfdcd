using System.Text.Json;
using IoMTAD.Hosting.Inference;
using IoMTAD.Inference;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Recording;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>A model's life in a store: promoted, rejected, rolled back, and used where none is named.</summary>
public sealed class ModelCommandTests(SimulatedWard ward) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Store => folder.File("store");

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_better_version_is_promoted_a_worse_one_rejected_and_the_one_before_comes_back()
    {
        var (good, data) = (await ward.ModelAsync(), await LabelledAsync());
        var poor = folder.File("poor");
        await Iomtad.SucceedAsync("train", "--data", await ward.AttackedAsync(), "--inventory", ward.Inventory, "--out", poor, "--name", "model",
            "--epochs", "1");
        var (goodVersion, poorVersion) = (Version(good), Version(poor));
        Task<CommandResult> PromoteAsync(string model, params string[] options) =>
            Iomtad.RunAsync(["models", "promote", model, "--data", data, "--inventory", ward.Inventory, "--store", Store, .. options]);

        var first = await PromoteAsync(poor);
        Directory.Delete(poor, recursive: true);
        var second = await PromoteAsync(good, "--json");
        var kept = new FolderModelStore(Store).FolderOf(poorVersion);
        var third = await PromoteAsync(kept);
        var again = await PromoteAsync(kept, "--json");
        var same = await PromoteAsync(good);

        Assert.Equal([ExitCode.Done, ExitCode.Done, ExitCode.ModelRejected, ExitCode.ModelRejected, ExitCode.Done],
            new[] { first, second, third, again, same }.Select(r => r.ExitCode));
        Assert.Contains($"{poorVersion} is in use now. the first version", first.Output, StringComparison.Ordinal);
        var better = JsonDocument.Parse(Assert.Single(second.OutputLines)).RootElement;
        Assert.Equal("ModelPromoted", better.GetProperty("decision").GetString());
        Assert.True(better.GetProperty("figures").GetProperty("macroRecallAt1Percent").GetDouble()
            > better.GetProperty("currentFigures").GetProperty("macroRecallAt1Percent").GetDouble());
        Assert.Contains($"{poorVersion} is rejected, {goodVersion} stays in use.", third.Output, StringComparison.Ordinal);
        Assert.Contains("recall at 1 % false alarms", third.Output, StringComparison.Ordinal);
        Assert.Contains("in use already", same.Output, StringComparison.Ordinal);

        var back = await Iomtad.SucceedAsync("models", "rollback", "--store", Store, "--reason", "too loud at night");
        Assert.Contains($"{poorVersion} is in use again, in place of {goodVersion}", back.Output, StringComparison.Ordinal);
        Assert.Equal(["ModelPromoted", "ModelPromoted", "ModelRejected", "ModelRolledBack"],
            (await StoredRun.EventsAsync(Store)).Where(e => e.Stream == "model-model").Select(e => e.Type));
        var last = await Iomtad.RunAsync("models", "rollback", "--store", Store, "--reason", "once more");
        Assert.Equal(ExitCode.FaultInInput, last.ExitCode);
        Assert.Contains("no version before", last.Error, StringComparison.Ordinal);

        var listed = await Iomtad.SucceedAsync("models", "list", "--store", Store);
        Assert.Contains($"model: {poorVersion} is in use", listed.Output, StringComparison.Ordinal);
        Assert.Contains("too loud at night", listed.Output, StringComparison.Ordinal);
        Assert.Contains(kept, listed.Output, StringComparison.Ordinal);
        var json = (await Iomtad.SucceedAsync("models", "list", "--json", "--store", Store)).OutputLines
            .Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(poorVersion, json[0].GetProperty("current").GetString());
        Assert.Equal(1 + 4 + 2, json.Count);
    }

    [Fact]
    public async Task Drift_is_told_once_enough_was_scored()
    {
        var model = await ward.ModelAsync();
        await Iomtad.SucceedAsync("models", "promote", model, "--force", "--reason", "the first", "--store", Store);
        var few = await Iomtad.SucceedAsync("models", "drift", "--store", Store);
        Assert.Equal($"{Version(model)}: it takes 5,000 scored segments of the last 7 days to say", Assert.Single(few.OutputLines));

        var hour = new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);
        await using (var database = SqliteDatabase.Open(Store))
        await using (var store = new SqliteEventStore(database, TimeProvider.System))
            await store.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, 1), [])
            {
                Clock = hour, Scores = [new(Version(model), hour, ScoreBins.Of(2.5f)!.Value, 10_000, 0)],
            }), TestContext.Current.CancellationToken);

        var told = await Iomtad.SucceedAsync("models", "drift", "--store", Store);
        Assert.EndsWith("10,000 sequences: this traffic is not what the model learned; train again on it",
            Assert.Single(told.OutputLines), StringComparison.Ordinal);
        var json = JsonDocument.Parse(Assert.Single((await Iomtad.SucceedAsync("models", "drift", "--store", Store, "--json")).OutputLines)).RootElement;
        Assert.True(json.GetProperty("drift").GetProperty("hasDrifted").GetBoolean());
    }

    [Fact]
    public async Task Where_no_model_is_named_the_promoted_one_is_used_and_said()
    {
        var model = await ward.ModelAsync();
        var attacked = await ward.AttackedAsync();
        await Iomtad.SucceedAsync("models", "promote", model, "--force", "--reason", "the first", "--store", Store);

        var named = await Iomtad.SucceedAsync("detect", attacked, "--inventory", ward.Inventory, "--model", model, "--json");
        var unnamed = await Iomtad.SucceedAsync("detect", attacked, "--inventory", ward.Inventory, "--store", Store, "--json");

        Assert.Equal(named.Output, unnamed.Output);
        Assert.Equal($"The model is {Version(model)}, promoted in {Store}.", Assert.Single(unnamed.ErrorLines));
        var promoted = Assert.IsType<ModelPromoted>((await StoredRun.EventsAsync(Store))[0].Event);
        Assert.Equal(("model", Version(model), null, "the first", null),
            (promoted.Model, promoted.Version, promoted.Replaces, promoted.Reason, promoted.Figures));
    }

    [Fact]
    public async Task A_promoted_bundle_that_was_swapped_is_not_used_until_it_is_promoted_again()
    {
        var model = await ward.ModelAsync();
        await Iomtad.SucceedAsync("models", "promote", model, "--force", "--reason", "the first", "--store", Store);
        var manifest = Path.Combine(new FolderModelStore(Store).FolderOf(Version(model)), AnomalyModel.ManifestFile);
        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        var swapped = text.Replace("\"threshold\": ", "\"threshold\": 1", StringComparison.Ordinal);
        await File.WriteAllTextAsync(manifest, swapped, TestContext.Current.CancellationToken);

        var result = await Iomtad.RunAsync("detect", await ward.AttackedAsync(), "--store", Store);

        Assert.Equal((ExitCode.FaultInInput, ""), (result.ExitCode, result.Output));
        Assert.Contains($"{Version(model)} is in use, but cannot be loaded", Assert.Single(result.ErrorLines), StringComparison.Ordinal);

        var mended = await Iomtad.SucceedAsync("models", "promote", model, "--force", "--reason", "again", "--store", Store);
        Assert.Contains("in use already", mended.Output, StringComparison.Ordinal);
        await Iomtad.SucceedAsync("detect", await ward.AttackedAsync(), "--store", Store);
    }

    [Fact]
    public async Task Of_several_models_in_use_one_has_to_be_named()
    {
        var model = await ward.ModelAsync();
        var other = SimulatedWard.Copy(model, folder.File("other"));
        var manifest = Path.Combine(other, AnomalyModel.ManifestFile);
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))
            .Replace("\"name\": \"model\"", "\"name\": \"other\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        foreach (var promoted in (string[])[model, other])
            await Iomtad.SucceedAsync("models", "promote", promoted, "--force", "--reason", "the first", "--store", Store);

        var detect = await Iomtad.RunAsync("detect", await ward.AttackedAsync(), "--store", Store);
        var rollback = await Iomtad.RunAsync("models", "rollback", "--store", Store, "--reason", "which?");

        Assert.Equal((ExitCode.WrongUse, ExitCode.WrongUse), (detect.ExitCode, rollback.ExitCode));
        Assert.All(new[] { model, other }, m => Assert.Contains(new FolderModelStore(Store).FolderOf(Version(m)), detect.Error, StringComparison.Ordinal));
        Assert.Contains("--name: model, other", rollback.Error, StringComparison.Ordinal);
    }

    private static string Version(string model) => Models.Load(model).Version;

    /// <summary>The ward's captures as a labelled dataset.</summary>
    private async Task<string> LabelledAsync()
    {
        var test = Directory.CreateDirectory(Path.Combine(folder.File("data"), "test")).FullName;
        File.Copy(await ward.BenignAsync(), Path.Combine(test, "Benign_test.pcap"));
        File.Copy(await ward.AttackedAsync(), Path.Combine(test, "TCP_IP-DoS-SYN_test.pcap"));
        return folder.File("data");
    }
}
