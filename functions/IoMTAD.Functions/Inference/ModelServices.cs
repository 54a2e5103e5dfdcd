using System.Globalization;
using Azure.Core;
using Azure.Identity;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Inference;

/// <summary>All of the room Inference.</summary>
public static class ModelServices
{
    /// <summary>An <see cref="IModelStore"/> in the host's storage account, and the <see cref="ScorerInUse"/>, which wants to be restored and to hear
    /// of events.</summary>
    /// <param name="configuration"><c>Models:Container</c> (else <c>models</c>), <c>Models:Name</c> (else <c>ward</c>), <c>Models:Threads</c> per batch
    /// (else 1).</param>
    /// <exception cref="SettingsException">It is wrong, or no storage is configured.</exception>
    public static IServiceCollection AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        var (name, threads) = (Of(configuration, "Name", "ward"), Threads(Of(configuration, "Threads", "1")));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.AddSingleton(p => Store(configuration, p.GetRequiredService<TokenCredential>()));
        services.AddSingleton(p => new ScorerInUse(p.GetRequiredService<IModelStore>(), name, model => OnnxAnomalyScorer.Open(model, new OnnxOptions(threads)),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ScorerInUse>>()));
        services.AddSingleton<IScorerSource>(p => p.GetRequiredService<ScorerInUse>());
        services.AddSingleton<IModelFollower>(p => p.GetRequiredService<ScorerInUse>());
        return services;
    }

    /// <exception cref="SettingsException">No storage is configured.</exception>
    internal static IModelStore Store(IConfiguration configuration, TokenCredential credential) => new BlobModelStore(
        StorageClients.Container(configuration, credential, Of(configuration, "Container", "models")) ?? throw new SettingsException(NoStorage));

    private static string Of(IConfiguration configuration, string setting, string otherwise) =>
        configuration[$"Models:{setting}"] is { Length: > 0 } set ? set : otherwise;

    private const string NoStorage = $"there is no place for models: set {StorageClients.Setting}, " +
        $"or {StorageClients.Setting}__blobServiceUri to the address of a storage account";

    private static int Threads(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var threads) && threads is >= 1 and <= 64
            ? threads : throw new SettingsException($"Models:Threads: '{text}' is no number of threads from 1 to 64");
}
