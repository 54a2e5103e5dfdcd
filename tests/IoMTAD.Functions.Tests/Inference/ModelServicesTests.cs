using Azure.Core;
using Azure.Identity;
using IoMTAD.Functions.Inference;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Settings;
using IoMTAD.Inference;
using IoMTAD.Policy.Models;
using IoMTAD.Tests.Inference;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IoMTAD.Functions.Tests.Inference;

public sealed class ModelServicesTests(Azurite azurite, TrainedModels models)
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_model_that_was_kept_and_promoted_scores_in_the_runtime()
    {
        await using var services = Services(
            ("AzureWebJobsStorage", await azurite.ConnectionStringAsync()), ("Models:Container", "in-use"), ("Models:Name", "ward"));
        var (model, traffic) = models.Ward;
        await services.GetRequiredService<IModelStore>().KeepAsync(model.Version, model.Files, TestContext.Current.CancellationToken);
        var inUse = services.GetRequiredService<ScorerInUse>();
        await inUse.RestoreAsync(KnownModels.Of(new Model("ward", [model.Version], 1)), TestContext.Current.CancellationToken);

        using var lease = inUse.Lease();
        Assert.IsType<OnnxAnomalyScorer>(lease.Scorer);
        AnomalyScore[] expected = new AnomalyScore[traffic.Count], actual = new AnomalyScore[traffic.Count];
        new ManagedAnomalyScorer(model).Score(traffic, expected);
        lease.Scorer!.Score(traffic, actual);
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i].Score, actual[i].Score, 2e-5f * MathF.Max(1, expected[i].Score));
    }

    [Fact]
    public async Task A_file_that_the_runtime_refuses_leaves_no_scorer()
    {
        var (model, log) = (SmallModel.Model, new KeptLog<ScorerInUse>());
        await using var inUse = new ScorerInUse(new ScriptedModels(model), "ward", Refuse, TimeProvider.System, log);
        await inUse.RestoreAsync(KnownModels.Of(new Model("ward", [model.Version], 1)), TestContext.Current.CancellationToken);
        Assert.Equal((model.Version, null), (inUse.Wanted, inUse.Version));
        var (_, text) = Assert.Single(log.Said);
        Assert.Contains(model.Version, text, StringComparison.Ordinal);
        Assert.DoesNotContain("it took bytes", text, StringComparison.Ordinal);

        static IAnomalyScorer Refuse(AnomalyModel model)
        {
            using var graph = new Microsoft.ML.OnnxRuntime.InferenceSession([1, 2, 3]);
            throw new InvalidOperationException("it took bytes that are no model");
        }
    }

    [Fact]
    public void The_storage_may_be_named_by_its_address_alone()
    {
        var configuration = Configuration(
            ("AzureWebJobsStorage:blobServiceUri", "https://ward.blob.core.windows.net/"),
            ("AzureWebJobsStorage:queueServiceUri", "https://ward.queue.core.windows.net"));
        TokenCredential credential = new DefaultAzureCredential();
        Assert.Equal("https://ward.blob.core.windows.net/models", StorageClients.Container(configuration, credential, "models")!.Uri.AbsoluteUri);
        Assert.Equal("https://ward.queue.core.windows.net/bell", StorageClients.Queue(configuration, credential, "bell", new())!.Uri.AbsoluteUri);
        Assert.Null(StorageClients.Container(Configuration(), credential, "models"));
        Assert.Null(StorageClients.Queue(Configuration(), credential, "bell", new()));
    }

    [Fact]
    public void What_is_configured_wrongly_is_named()
    {
        using var services = Services();
        Assert.Contains("AzureWebJobsStorage", Assert.Throws<SettingsException>(services.GetRequiredService<IModelStore>).Message, StringComparison.Ordinal);
        foreach (var threads in (string[])["0", "65", "two"])
            Assert.Contains($"'{threads}'", Assert.Throws<SettingsException>(() => Services(("Models:Threads", threads))).Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) =>
        new ServiceCollection().AddLogging().AddModels(Configuration(settings)).BuildServiceProvider();

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();
}
