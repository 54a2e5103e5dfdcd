using Confluent.Kafka;
using Microsoft.Azure.Functions.Worker;

namespace IoMTAD.Functions.Capture;

/// <summary>Traffic comes in. Of the two, the setting <c>AzureWebJobs.NAME.Disabled</c> leaves one: how a broker is spoken to is
/// fixed where the trigger is.</summary>
public sealed class ScoreTraffic(TrafficIntake intake)
{
    private const string Brokers = "%Kafka:Brokers%", Topic = "%Kafka:Topic%", Group = "%Kafka:Group%";
    private const long LagPerInstance = 500;

    /// <summary>By TLS and a password: Event Hubs, and any broker outside one's own network.</summary>
    [Function(nameof(ScoreTraffic))]
    public Task SecureAsync(
        [KafkaTrigger(Brokers, Topic, ConsumerGroup = Group, IsBatched = true, LagThreshold = LagPerInstance, Protocol = BrokerProtocol.SaslSsl,
            AuthenticationMode = BrokerAuthenticationMode.Plain, Username = "%Kafka:Username%", Password = "%Kafka:Password%")] KafkaRecord[] records,
        CancellationToken cancellation) => intake.TakeInAsync([.. records.Select(Read)], cancellation);

    /// <summary>In clear: a broker on this machine or in the same cluster.</summary>
    [Function("ScoreTrafficPlain")]
    public Task PlainAsync(
        [KafkaTrigger(Brokers, Topic, ConsumerGroup = Group, IsBatched = true, LagThreshold = LagPerInstance)] KafkaRecord[] records,
        CancellationToken cancellation) => intake.TakeInAsync([.. records.Select(Read)], cancellation);

    internal static ConsumeResult<byte[], byte[]> Read(KafkaRecord record)
    {
        var message = new Message<byte[], byte[]> { Key = record.Key, Value = record.Value, Headers = [] };
        foreach (var header in record.Headers ?? []) message.Headers.Add(header.Key, header.Value);
        if (record.Timestamp is { } stamp) message.Timestamp = new Timestamp(stamp.UnixTimestampMs, (TimestampType)stamp.Type);
        return new() { Topic = record.Topic, Partition = record.Partition, Offset = record.Offset, Message = message };
    }
}
