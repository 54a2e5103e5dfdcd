using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Settings;
using IoMTAD.Recording;
using IoMTAD.Training.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Training;

/// <summary>All of the room Training. It needs an <see cref="IEventStore"/>, <see cref="IoMTAD.Views.IReadModels"/> and <see cref="IModelStore"/>.</summary>
public static class TrainingServices
{
    private const string Storage = "AzureWebJobsStorage", ResultsContainer = "iomtad-training";

    /// <exception cref="SettingsException">The settings cannot be used.</exception>
    public static IServiceCollection AddTraining(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.AddSingleton(TrainingSettings.Read(configuration)).AddSingleton<TrainingDesk>().AddSingleton<PlannedSteps>().AddSingleton<TrainingWork>();
        services.AddSingleton<DriftWatch>();
        services.AddSingleton<ITrainingData>(p => new BlobTrainingData(Account(configuration, p), p.GetRequiredService<ILogger<BlobTrainingData>>()));
        services.AddSingleton<IStepResults>(p => new BlobStepResults(Account(configuration, p).GetBlobContainerClient(ResultsContainer)));
        return services;
    }

    /// <summary>The storage account of the host itself, as its triggers have it.</summary>
    private static BlobServiceClient Account(IConfiguration configuration, IServiceProvider services)
    {
        if (configuration[Storage] is { Length: > 0 } connection) return new BlobServiceClient(connection);
        return configuration[$"{Storage}:blobServiceUri"] is { Length: > 0 } uri
            ? new BlobServiceClient(new Uri(uri), services.GetRequiredService<TokenCredential>())
            : throw new SettingsException($"set {Storage}, or {Storage}__blobServiceUri: step results and training data lie in the host's storage account");
    }
}
