using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using IoMTAD.Capture;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Hosting.Capture.Kafka;

/// <summary>Keeps records that cannot be read: key, value and headers as they came, plus why and from where.</summary>
public sealed class DeadLetters : IDeadLetters, IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly KafkaSettings _settings;
    private readonly BrokerHealth _health;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly Meter _meter = new("IoMTAD");
    private readonly Counter<long> _kept;

    /// <param name="health">The source's: its brokers are these.</param>
    /// <param name="token">Gives the client a token when it asks for one; null where none is used.</param>
    public DeadLetters(KafkaSettings settings, BrokerHealth health, ILogger logger, TimeProvider time, Action<IClient, string>? token = null)
    {
        (_settings, _health, _logger, _time) = (settings, health, logger, time);
        var config = settings.Producer();
        // What came through one topic must fit into the other, whatever its limit was: the broker decides.
        config.MessageMaxBytes = 1_000_000_000;
        config.LingerMs = 0;
        // One record at a time needs no sequence, and without one no error is final.
        config.EnableIdempotence = false;
        // No error handler: the connection is idle, and what matters of it the source hears too.
        var builder = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, message) => _health.Log(message));
        if (token is not null) builder.SetOAuthBearerTokenRefreshHandler(token);
        _producer = settings.Open(builder.Build);
        _kept = _meter.CreateCounter<long>("iomtad.traffic.deadletters", "{record}", "Records that could not be read and were kept");
    }

    /// <summary>Returns when the broker holds the record; until then it tries again, for skipping would lose it.</summary>
    public async Task SendAsync(Message<byte[], byte[]> original, TrafficPosition source, string error, CancellationToken cancellation)
    {
        var letter = new Message<byte[], byte[]> { Key = original.Key, Value = original.Value, Headers = Headers(original.Headers, source, error) };
        _logger.LogWarning("{Topic}/{Partition}/{Offset} goes to {DeadLetterTopic}: {Error}",
            source.Topic, source.Partition, source.Offset, _settings.DeadLetterTopic, error);
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await _producer.ProduceAsync(_settings.DeadLetterTopic, letter, cancellation);
                _health.Up();
                _kept.Add(1);
                return;
            }
            catch (ProduceException<byte[], byte[]> e)
            {
                _health.Down(e.Error);
                await Task.Delay(wait, _time, cancellation);
            }
        }
    }

    public void Dispose()
    {
        _producer.Dispose();
        _meter.Dispose();
    }

    private static Headers Headers(Headers? original, TrafficPosition source, string error)
    {
        var headers = new Headers();
        foreach (var header in original ?? []) headers.Add(header.Key, header.GetValueBytes());
        headers.Add("error", Encoding.UTF8.GetBytes(error));
        headers.Add("source-topic", Encoding.UTF8.GetBytes(source.Topic));
        headers.Add("source-partition", Encoding.ASCII.GetBytes(source.Partition.ToString(CultureInfo.InvariantCulture)));
        headers.Add("source-offset", Encoding.ASCII.GetBytes(source.Offset.ToString(CultureInfo.InvariantCulture)));
        return headers;
    }
}
