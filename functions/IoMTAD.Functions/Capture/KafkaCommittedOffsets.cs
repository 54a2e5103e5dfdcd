using Azure.Core;
using Confluent.Kafka;

namespace IoMTAD.Functions.Capture;

/// <summary>Asks the brokers, as a client that joins no group.</summary>
public sealed class KafkaCommittedOffsets(KafkaConnection connection, TokenCredential credential) : ICommittedOffsets
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Task<IReadOnlyList<GroupOffsets>> ReadAsync(CancellationToken cancellation) => Task.Run(Read, cancellation);

    private IReadOnlyList<GroupOffsets> Read()
    {
        var (settings, token) = (connection.Settings, connection.TokenFor(credential));
        try
        {
            using var consumer = settings.Open(() => Build(settings.Consumer(), token));
            using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            var partitions = admin.GetMetadata(settings.Topic, Patience).Topics.SelectMany(t => t.Partitions)
                .Select(p => new TopicPartition(settings.Topic, p.PartitionId));
            return [.. consumer.Committed(partitions, Patience).Select(o => Of(consumer, o))];
        }
        catch (KafkaException e)
        {
            throw new IOException($"Kafka at {settings.Brokers}: {e.Error.Reason}", e);
        }
    }

    private static GroupOffsets Of(IConsumer<byte[], byte[]> consumer, TopicPartitionOffset committed)
    {
        var kept = consumer.QueryWatermarkOffsets(committed.TopicPartition, Patience);
        return new(committed.Topic, committed.Partition.Value, committed.Offset.Value >= 0 ? committed.Offset.Value : null, kept.Low.Value, kept.High.Value);
    }

    private static IConsumer<byte[], byte[]> Build(ConsumerConfig config, Action<IClient, string>? token)
    {
        var builder = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { });
        if (token is not null) builder.SetOAuthBearerTokenRefreshHandler(token);
        return builder.Build();
    }
}
