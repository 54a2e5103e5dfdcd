using Azure.Storage.Blobs;
using IoMTAD.Functions.Training;
using IoMTAD.Training.Tests.Steps;
using IoMTAD.Training.Steps;

namespace IoMTAD.Functions.Tests.Training;

public sealed class BlobStepResultsTests(Azurite account) : StepResultsContract
{
    private readonly string container = $"steps-{Guid.NewGuid():n}";

    [Fact]
    public async Task A_result_that_was_damaged_is_none()
    {
        var results = await OpenAsync();
        results.Keep("fit", Inputs, new Dictionary<string, byte[]> { ["a"] = [1] });
        var blob = (await ContainerAsync()).GetBlobClient($"fit-{Inputs[..16]}.zip");
        await blob.UploadAsync(BinaryData.FromBytes([1, 2, 3]), overwrite: true, TestContext.Current.CancellationToken);
        Assert.Null(results.Find("fit", Inputs));
    }

    protected override async Task<IStepResults> OpenAsync() => new BlobStepResults(await ContainerAsync());

    private async Task<BlobContainerClient> ContainerAsync() => new(await account.ConnectionStringAsync(), container);
}
