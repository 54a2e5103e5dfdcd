using System.Text.Json;
using IoMTAD.Inference;
using IoMTAD.Local.Commands;
using IoMTAD.Tests;
using IoMTAD.Training.Export;

namespace IoMTAD.Local.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly MadeUpDataset data = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_bundle_holds_both_onnx_files_a_manifest_and_a_card_and_no_leftovers()
    {
        await TrainAsync("one");
        Assert.Equal([ModelCard.FileName, AnomalyModel.WeightsFile, ClassifierFile.Name, AnomalyModel.ManifestFile],
            Directory.GetFileSystemEntries(folder.File("one")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        var model = Models.Load(folder.File("one"));
        Assert.Equal(["Benign", "DoS-UDP", "Recon-VulScan"], model.Classifier!.Classes);
        Assert.Equal(["Benign", "DoS-UDP", "Recon-VulScan"], model.Manifest.TrainingLabels);
        // A table's rows follow its head, or Markdown shows none.
        Assert.Contains("|---|---|---|---|---|\n| DoS-UDP | 20 |",
            File.ReadAllText(folder.File("one/MODEL_CARD.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_data_and_seed_give_the_same_version_twice_and_another_seed_another()
    {
        var first = await TrainAsync("one");
        Assert.Equal(first, await TrainAsync("two", "--threads", "1"));
        Assert.NotEqual(first, await TrainAsync("three", "--seed", "2"));
    }

    [Fact]
    public async Task A_classifiers_byte_changed_is_refused()
    {
        await TrainAsync("one");
        var file = folder.File("one/classifier.onnx");
        var bytes = File.ReadAllBytes(file);
        bytes[^7] ^= 1;
        File.WriteAllBytes(file, bytes);
        var result = await Iomtad.RunAsync("models", "show", folder.File("one"));
        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Contains("classifier.onnx has SHA-256", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classes_can_be_coarser()
    {
        await TrainAsync("two", "--classes", "2");
        Assert.Equal(["Attack", "Benign"], Models.Load(folder.File("two")).Classifier!.Classes);
        Assert.Equal(ExitCode.WrongUse, (await Iomtad.RunAsync("train", "--data", data.Folder, "--out", folder.File("x"), "--classes", "5")).ExitCode);
    }

    [Fact]
    public async Task Classifiers_of_two_and_of_nineteen_classes_are_compared_where_both_answer()
    {
        await TrainAsync("fine");
        await TrainAsync("coarse", "--classes", "2", "--seed", "3");
        string[] promote = ["models", "promote", "--data", data.Folder, "--store", folder.File("store"), "--json"];
        await Iomtad.SucceedAsync([.. promote, folder.File("fine")]);
        var second = await Iomtad.RunAsync([.. promote, folder.File("coarse")]);
        var decision = JsonDocument.Parse(second.Output).RootElement;
        var coarse = JsonDocument.Parse((await Iomtad.SucceedAsync("evaluate", "--model", folder.File("fine"), "--data", data.Folder, "--json")).Output)
            .RootElement.GetProperty("classification").GetProperty("binaryMacroF1").GetDouble();
        Assert.Equal(coarse, decision.GetProperty("currentFigures").GetProperty("macroF1").GetDouble());
    }

    [Fact]
    public async Task A_fault_in_the_data_is_an_error_that_says_where_and_lenient_skips_it()
    {
        File.AppendAllText(Path.Combine(data.Folder, "train", "Benign_train.pcap.csv"), "1,2,nonsense\n");
        var strict = await Iomtad.RunAsync("train", "--data", data.Folder, "--out", folder.File("one"));
        Assert.Equal(ExitCode.FaultInInput, strict.ExitCode);
        Assert.Contains("Benign_train.pcap.csv: line 3002", strict.Error, StringComparison.Ordinal);
        Assert.Contains("--lenient", strict.Error, StringComparison.Ordinal);
        var lenient = await Iomtad.RunAsync("train", "--data", data.Folder, "--out", folder.File("one"), "--epochs", "1", "--lenient");
        Assert.Equal(ExitCode.FaultInInput, lenient.ExitCode);
        Assert.Contains("one@", lenient.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_is_recorded_where_a_store_is_named()
    {
        await TrainAsync("one", "--store", folder.File("store"));
        var events = await Iomtad.SucceedAsync("events", "list", "--store", folder.File("store"), "--json");
        foreach (var name in new[] { "TrainingStarted", "ModelTrained", "ThresholdTuned" }) Assert.Contains(name, events.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_keeps_the_best_so_far_and_says_that_it_can_go_on()
    {
        using var stop = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(Directory.CreateDirectory(folder.File("one/.steps")).FullName) { EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => stop.Cancel();
        using var larger = new MadeUpDataset(benignRows: 30_000);
        var result = await Iomtad.RunAsync(stop.Token, "train", "--data", larger.Folder, "--out", folder.File("one"));
        Assert.Equal(ExitCode.Stopped, result.ExitCode);
        Assert.Contains("goes on from there", result.Error, StringComparison.Ordinal);
        Assert.Equal("one", Models.Load(folder.File("one")).Manifest.Name);
    }

    [Fact]
    public async Task Ctrl_C_while_the_attacks_are_learned_keeps_the_detector()
    {
        using var stop = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(Directory.CreateDirectory(folder.File("one/.steps")).FullName) { EnableRaisingEvents = true };
        watcher.Renamed += (_, e) =>
        {
            if (e.OldName?.EndsWith(".new", StringComparison.Ordinal) == true && e.Name?.EndsWith(".partial", StringComparison.Ordinal) == false) stop.Cancel();
        };
        using var larger = new MadeUpDataset(benignRows: 30_000);
        var result = await Iomtad.RunAsync(stop.Token, "train", "--data", larger.Folder, "--out", folder.File("one"), "--epochs", "2");
        Assert.Equal(ExitCode.Stopped, result.ExitCode);
        Assert.Contains("goes on from there", result.Error, StringComparison.Ordinal);
        Assert.Equal("one", Models.Load(folder.File("one")).Manifest.Name);
        Assert.NotEmpty(Directory.GetDirectories(folder.File("one/.steps"), "fit-detector-*"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_run_killed_while_it_trains_goes_on_where_it_stopped_and_ends_with_the_same_version()
    {
        using var larger = new MadeUpDataset(benignRows: 30_000);
        var steps = Directory.CreateDirectory(folder.File("killed/.steps")).FullName;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(steps) { EnableRaisingEvents = true };
        watcher.Renamed += (_, e) =>
        {
            if (e.Name?.EndsWith(".partial", StringComparison.Ordinal) == true) begun.TrySetResult();
        };
        using (var process = IomtadProcess.Start("train", "--data", larger.Folder, "--out", folder.File("killed"), "--name", "m"))
        {
            await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
            await process.KillAsync();
        }
        Assert.False(File.Exists(folder.File("killed/manifest.json")), "it had finished before it was killed");
        var partial = Assert.Single(Directory.GetFiles(steps, "*.partial"));
        var resumed = await VersionAsync("train", "--data", larger.Folder, "--out", folder.File("killed"), "--name", "m", "--json");
        Assert.False(File.Exists(partial));
        Assert.Equal(await VersionAsync("train", "--data", larger.Folder, "--out", folder.File("whole"), "--name", "m", "--json"), resumed);
    }

    private Task<string> TrainAsync(string name, params string[] options) =>
        VersionAsync(["train", "--data", data.Folder, "--out", folder.File(name), "--name", "m", "--epochs", "3", "--json", .. options]);

    private static async Task<string> VersionAsync(params string[] arguments) =>
        JsonDocument.Parse((await Iomtad.SucceedAsync(arguments)).Output).RootElement.GetProperty("version").GetString()!;
}
