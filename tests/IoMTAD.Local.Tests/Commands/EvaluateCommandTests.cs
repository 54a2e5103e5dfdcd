using System.Text.Json;
using IoMTAD.Local.Commands;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly MadeUpDataset data = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Json_is_one_object_of_detection_and_classification_and_names_the_strangers()
    {
        await TrainAsync();
        var result = await Iomtad.SucceedAsync("evaluate", "--model", folder.File("m"), "--data", data.Folder, "--json");
        var report = JsonDocument.Parse(Assert.Single(result.OutputLines)).RootElement;
        var (detection, classification) = (report.GetProperty("detection"), report.GetProperty("classification"));
        Assert.InRange(detection.GetProperty("macroAuc").GetDouble(), 0.95, 1);
        Assert.InRange(detection.GetProperty("macroRecallAt1Percent").GetDouble(), 0.9, 1);
        Assert.InRange(detection.GetProperty("benignFalseAlarmRate").GetDouble(), 0, 0.1);
        Assert.Equal(["DoS-UDP", "Recon-OS_Scan", "Recon-VulScan"], Labels(detection));
        foreach (var figure in new[] { "accuracy", "macroF1", "weightedF1", "binaryMacroF1" })
            Assert.InRange(classification.GetProperty(figure).GetDouble(), 0.9, 1);
        Assert.Equal(["Benign", "DoS-UDP", "Recon-VulScan"], Labels(classification));
        Assert.Equal("Recon-OS_Scan", Assert.Single(report.GetProperty("unseenClasses").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task The_report_is_one_file_that_asks_for_nothing_else()
    {
        await TrainAsync();
        await Iomtad.SucceedAsync("evaluate", "--model", folder.File("m"), "--data", data.Folder, "--report", folder.File("r.html"));
        var html = File.ReadAllText(folder.File("r.html"));
        foreach (var part in new[] { "ROC", "Confusion", "Recon-OS_Scan", "SHA-256" }) Assert.Contains(part, html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_flat_folder_of_test_files_is_enough()
    {
        await TrainAsync();
        var result = await Iomtad.SucceedAsync("evaluate", "--model", folder.File("m"), "--data", Path.Combine(data.Folder, "test"));
        Assert.Contains("Recon-OS_Scan (unseen)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_another_schema_is_refused()
    {
        await TrainAsync();
        File.Copy(Path.Combine(SharedData.RepositoryRoot, "tests", "captures", "mqtt.pcap"), folder.File("Benign_test.pcap"));
        var result = await Iomtad.RunAsync("evaluate", "--model", folder.File("m"), "--data", folder.Path);
        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Contains("takes features of ciciomt2024-v1, but the data holds window-v1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Compare_trains_every_classifier_and_detector_on_the_same_split_and_shows_what_leaks_would_give()
    {
        var result = await Iomtad.SucceedAsync("compare", "--data", data.Folder, "--classes", "6", "--with-leaks", "--json", "--report", folder.File("c.html"));
        var comparison = JsonDocument.Parse(result.Output).RootElement;
        var models = comparison.GetProperty("models").EnumerateArray().ToList();
        foreach (var name in new[] { "random forest", "1-D CNN", "CNN of Mohammadi et al.", "dense network", "logistic regression", "AdaBoost" })
            Assert.Contains(models, m => m.GetProperty("name").GetString() == name);
        Assert.All(models, m => Assert.InRange(m.GetProperty("quality").GetProperty("macroF1").GetDouble(), 0.3, 1));
        Assert.All(models, m => Assert.Equal(JsonValueKind.Object, m.GetProperty("withLeaks").ValueKind));
        Assert.Equal(3, comparison.GetProperty("detectors").GetArrayLength());
        Assert.Contains("CNN of Mohammadi", File.ReadAllText(folder.File("c.html")), StringComparison.Ordinal);
    }

    private Task<CommandResult> TrainAsync() =>
        Iomtad.SucceedAsync("train", "--data", data.Folder, "--out", folder.File("m"), "--epochs", "3");

    private static IEnumerable<string> Labels(JsonElement part) =>
        part.GetProperty("perClass").EnumerateArray().Select(c => c.GetProperty("label").GetString()!).Order(StringComparer.Ordinal);
}
