using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace IoMTAD.Functions.Tests;

public sealed class AzuriteTests(Azurite azurite)
{
    [Fact]
    public async Task The_emulator_keeps_blobs_and_messages()
    {
        var connection = await azurite.ConnectionStringAsync();
        var container = new BlobContainerClient(connection, "emulator-tests");
        await container.CreateAsync();
        await container.UploadBlobAsync("greeting", BinaryData.FromString("good morning"));
        Assert.Equal("good morning", (await container.GetBlobClient("greeting").DownloadContentAsync()).Value.Content.ToString());

        var queue = new QueueClient(connection, "emulator-tests");
        await queue.CreateAsync();
        await queue.SendMessageAsync("wake up");
        Assert.Equal("wake up", (await queue.ReceiveMessageAsync()).Value.MessageText);
    }
}
