using Google.Protobuf;
using IoMTAD.Capture;
using IoMTAD.Core.Tests;
using IoMTAD.Functions.Tests.Capture;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Tests.Worker;

/// <summary>Records through the built program's own trigger, as the extension hands them over. It needs the extension's package.</summary>
public sealed class TriggeredWorkerTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ScoreTraffic")]
    [InlineData("ScoreTrafficPlain")]
    [Trait("Category", "Slow")]
    public async Task A_batch_of_the_extension_is_stored_and_a_repeat_changes_nothing(string function)
    {
        var database = await server.RecordAsync();
        await using var host = await WorkerHost.StartAsync(BuiltWorkerTests.Settings(database), Cancellation);
        await using var record = new MartenRecord(database.Open());
        var story = new PipelineStory();
        for (var i = 0; i < 40; i++) story.Talks(1 + i % 2, i * .25);

        for (var times = 1; times <= 2; times++)
        {
            var answer = await host.CallAsync(function, $"{times}", Cancellation, Batch(story.Segments));
            Assert.True(answer.Result.Status == StatusResult.Types.Status.Success, $"{answer.Result.Exception?.Message}\n{host.Said}");
            Assert.Equal(40, (await record.Store.ReadCheckpointAsync("t", 0, Cancellation))!.Next.Offset);
        }
        var found = await record.Store.ReadAllAsync(0, Cancellation).Select(e => e.Type).ToListAsync(Cancellation);
        Assert.Equal(2, found.Count(t => t == "DeviceDiscovered"));
        Assert.Null((await new ChainVerification(record.Store).VerifyAsync(Cancellation)).Breach);
    }

    internal static ParameterBinding Batch(IEnumerable<Segment> segments)
    {
        var collection = new CollectionModelBindingData();
        foreach (var message in segments.Select(Intake.Record))
        {
            var record = new KafkaRecordProto
            {
                Topic = message.Topic, Partition = message.Partition, Offset = message.Offset, Key = ByteString.CopyFrom(message.Message.Key),
                Value = ByteString.CopyFrom(message.Message.Value), Timestamp = new KafkaTimestampProto(),
            };
            foreach (var header in message.Message.Headers)
                record.Headers.Add(new KafkaHeaderProto { Key = header.Key, Value = ByteString.CopyFrom(header.GetValueBytes()) });
            collection.ModelBindingData.Add(new ModelBindingData
            {
                Version = "1.0", Source = "AzureKafkaRecord", ContentType = "application/x-protobuf", Content = record.ToByteString(),
            });
        }
        return new ParameterBinding { Name = "records", Data = new TypedData { CollectionModelBindingData = collection } };
    }
}
