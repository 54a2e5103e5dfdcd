using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions;

/// <summary>Clients for the storage account of the host itself, configured as its triggers have it: <c>AzureWebJobsStorage</c> as a connection
/// string, or <c>AzureWebJobsStorage__queueServiceUri</c> and <c>AzureWebJobsStorage__blobServiceUri</c> with an identity.</summary>
internal static class StorageClients
{
    public const string Setting = "AzureWebJobsStorage";

    /// <returns>Null where no storage is configured.</returns>
    public static QueueClient? Queue(IConfiguration configuration, TokenCredential credential, string name, QueueClientOptions options) =>
        Connection(configuration) is { } connection ? new QueueClient(connection, name, options)
        : At(configuration, "queueServiceUri", name) is { } uri ? new QueueClient(uri, credential, options) : null;

    /// <returns>Null where no storage is configured.</returns>
    public static BlobContainerClient? Container(IConfiguration configuration, TokenCredential credential, string name) =>
        Connection(configuration) is { } connection ? new BlobContainerClient(connection, name)
        : At(configuration, "blobServiceUri", name) is { } uri ? new BlobContainerClient(uri, credential) : null;

    private static string? Connection(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } connection ? connection : null;

    private static Uri? At(IConfiguration configuration, string service, string name) =>
        configuration[$"{Setting}:{service}"] is { Length: > 0 } uri ? new Uri($"{uri.TrimEnd('/')}/{name}") : null;
}
