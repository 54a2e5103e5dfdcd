using Azure.Storage.Blobs;
using IoMTAD.Functions.Training;
using IoMTAD.Local.Tests.Commands;
using IoMTAD.Training.Datasets;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Training;

public sealed class BlobTrainingDataTests(Azurite account) : IDisposable
{
    private readonly string container = $"data-{Guid.NewGuid():n}";
    private readonly MadeUpDataset files = new(benignRows: 1500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Blobs_below_a_prefix_are_the_dataset_that_their_files_are()
    {
        var service = await UploadAsync("ward/2026");
        var read = await new BlobTrainingData(service, NullLogger<BlobTrainingData>.Instance).ReadAsync($"{container}/ward/2026", Cancellation);
        var local = new DatasetReader(new DatasetReading()).Read(files.Folder, DatasetFolder.Train, DatasetFolder.Test).Dataset!;
        Assert.Equal(local.Card.Sha256, read.Card.Sha256);
        Assert.Equal(local.Tests.Select(t => t.Label), read.Tests.Select(t => t.Label));
    }

    [Fact]
    public async Task Data_that_has_not_changed_is_read_once_and_changed_data_again()
    {
        var service = await UploadAsync("ward");
        var source = new BlobTrainingData(service, NullLogger<BlobTrainingData>.Instance);
        var first = await source.ReadAsync($"{container}/ward", Cancellation);
        Assert.Same(first, await source.ReadAsync($"{container}/ward/", Cancellation));
        // Other bytes, so that the blob has another tag.
        await PutAsync(service, "ward", files.Write("test/Recon-OS_Scan_test.pcap.csv", 100, 9, seed: 99));
        Assert.NotEqual(first.Card.Sha256, (await source.ReadAsync($"{container}/ward", Cancellation)).Card.Sha256);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_leaves_the_rest_to_learn_from()
    {
        var service = await UploadAsync("ward");
        var blobs = service.GetBlobContainerClient(container);
        await blobs.GetBlobClient("ward/train/Benign2_train.pcap.csv").UploadAsync(BinaryData.FromString("no,table\n1"), Cancellation);
        var read = await new BlobTrainingData(service, NullLogger<BlobTrainingData>.Instance).ReadAsync($"{container}/ward", Cancellation);
        Assert.Equal(4, read.Train.Count);
    }

    [Fact]
    public async Task Where_there_is_nothing_that_is_said_without_a_path_of_this_machine()
    {
        var service = await UploadAsync("ward");
        var source = new BlobTrainingData(service, NullLogger<BlobTrainingData>.Instance);
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => source.ReadAsync($"{container}/other", Cancellation));
        Assert.StartsWith("there is no data to learn from", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), e.Message, StringComparison.Ordinal);
        Assert.Equal("there is no container 'none' to learn from",
            (await Assert.ThrowsAsync<InvalidDataException>(() => source.ReadAsync("none/other", Cancellation))).Message);
    }

    [Theory]
    [InlineData("train/a.csv", "/data/train/a.csv")]
    [InlineData("../a.csv", null)]
    [InlineData("../data-2/a.csv", null)]
    [InlineData("/etc/a.csv", null)]
    public void A_blobs_name_leads_nowhere_else(string name, string? file) => Assert.Equal(file, BlobTrainingData.FileOf("/data", name));

    private async Task<BlobServiceClient> UploadAsync(string prefix)
    {
        var service = new BlobServiceClient(await account.ConnectionStringAsync());
        await service.CreateBlobContainerAsync(container, cancellationToken: Cancellation);
        foreach (var file in Directory.EnumerateFiles(files.Folder, "*", SearchOption.AllDirectories)) await PutAsync(service, prefix, file);
        return service;
    }

    private Task PutAsync(BlobServiceClient service, string prefix, string file) => service.GetBlobContainerClient(container)
        .GetBlobClient($"{prefix}/{Path.GetRelativePath(files.Folder, file).Replace('\\', '/')}").UploadAsync(file, overwrite: true, Cancellation);
}
