using System.Text;
using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Local.Commands;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Capture.Kafka;

/// <summary>
/// Sends segments to a topic, in order per device. What waits for the broker is bounded in bytes. A segment that the broker did not
/// take is an error of the next call, and of <see cref="FlushAsync"/> at the latest.
/// </summary>
public sealed class KafkaSegmentProducer : IAsyncDisposable
{
    public const long DefaultBytesInFlight = 32 << 20;

    // librdkafka's own limit must never be the first to be met; it counts in units of 1024 bytes and some overhead per record.
    private const int RecordOverhead = 512;

    private readonly KafkaSettings _settings;
    private readonly ILogger _logger;
    private readonly BrokerHealth _health;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly Action<long>? _onDelivered;
    private readonly long _limit;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private long _waitingFor;
    private long _bytes;
    private long _delivered;
    private volatile string? _failure;

    /// <param name="onDelivered">Told the segments that the broker holds so far, on the client's own thread.</param>
    /// <exception cref="CommandException">No native library, or a property that it refuses.</exception>
    public KafkaSegmentProducer(KafkaSettings settings, ILogger logger, Action<long>? onDelivered = null, long bytesInFlight = DefaultBytesInFlight)
    {
        (_settings, _logger, _onDelivered, _limit) = (settings, logger, onDelivered, bytesInFlight);
        _health = new BrokerHealth(settings.Brokers, logger);
        var config = settings.Producer();
        config.QueueBufferingMaxMessages = 10_000_000;
        config.QueueBufferingMaxKbytes = int.MaxValue / 1024;
        _producer = settings.Open(() => new ProducerBuilder<byte[], byte[]>(config)
            .SetErrorHandler((_, error) => _health.Down(error)).SetLogHandler((_, message) => _health.Log(message)).Build());
    }

    /// <summary>Segments that the broker holds.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Hands the segment over; waits while too much is on its way. One caller at a time.</summary>
    /// <exception cref="CommandException">The broker did not take this or an earlier segment.</exception>
    public async ValueTask SendAsync(Segment segment, CancellationToken cancellation)
    {
        // Down to half, so that a full queue does not cost a wait per segment.
        if (Interlocked.Read(ref _bytes) >= _limit) await WaitAsync(_limit / 2, cancellation);
        ThrowIfFailed();
        var size = segment.Value.Length + RecordOverhead;
        Interlocked.Add(ref _bytes, size);
        try
        {
            _producer.Produce(_settings.Topic, SegmentRecords.Write(segment), report => Deliver(report, size));
        }
        catch (ProduceException<byte[], byte[]> e)
        {
            Interlocked.Add(ref _bytes, -size);
            throw new CommandException(Refused(segment.Device, e.Error));
        }
    }

    /// <summary>Returns when the broker holds all that was sent.</summary>
    /// <exception cref="CommandException">It did not take some of it.</exception>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await WaitAsync(0, cancellation);
        ThrowIfFailed();
    }

    /// <summary>Ends without waiting: what <see cref="FlushAsync"/> was not called for may be lost, and is logged.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Read(ref _bytes) > 0)
            _logger.LogWarning("Stopped before Kafka at {Brokers} had taken all segments: {Delivered} were delivered", _settings.Brokers, Delivered);
        await Task.Run(_producer.Dispose);
    }

    private Task WaitAsync(long bytes, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_bytes <= bytes || _failure is not null) return Task.CompletedTask;
            _waitingFor = bytes;
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task.WaitAsync(cancellation);
        }
    }

    private void Deliver(DeliveryReport<byte[], byte[]> report, int size)
    {
        if (report.Error.IsError) _health.Down(report.Error);
        else
        {
            _health.Up();
            var delivered = Interlocked.Increment(ref _delivered);
            _onDelivered?.Invoke(delivered);
        }
        lock (_gate)
        {
            if (report.Error.IsError) _failure ??= Refused(Encoding.UTF8.GetString(report.Message.Key), report.Error);
            if (Interlocked.Add(ref _bytes, -size) > _waitingFor && _failure is null) return;
            _waiting?.TrySetResult();
            _waiting = null;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure) throw new CommandException(failure);
    }

    private string Refused(string device, Error error) =>
        $"Kafka at {_settings.Brokers} did not take a segment of {device} for topic '{_settings.Topic}': {error.Reason}";
}
