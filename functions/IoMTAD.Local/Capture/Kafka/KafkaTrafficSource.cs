using System.Runtime.CompilerServices;
using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Local.Commands;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Capture.Kafka;

/// <summary>
/// Segments from a topic, shared with the other instances of the group. Offsets are committed by <see cref="CommittedAsync"/> alone,
/// so what was not stored when the process died comes again. Brokers that go away are waited for.
/// </summary>
public sealed class KafkaTrafficSource : ITrafficSource
{
    public const int DefaultBatch = 256;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);

    private readonly KafkaSettings _settings;
    private readonly ILogger _logger;
    private readonly BrokerHealth _health;
    private readonly DeadLetters _deadLetters;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly UnfinishedRecords _unfinished = new();
    private readonly BatchBuilder _batch;

    // The native consumer must not be closed under a call; always taken in this order.
    private readonly Lock _polls = new();
    private readonly Lock _commits = new();
    private readonly CancellationTokenSource _stop = new();
    private ConsumeResult<byte[], byte[]>? _held;
    private bool _closed;

    /// <exception cref="CommandException">No native library, or a property that it refuses.</exception>
    public KafkaTrafficSource(KafkaSettings settings, ILogger logger, int batch = DefaultBatch, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        (_settings, _logger, _batch) = (settings, logger, new BatchBuilder(batch));
        _health = new BrokerHealth(settings.Brokers, logger);
        _deadLetters = new DeadLetters(settings, _health, logger, time ?? TimeProvider.System);
        _consumer = settings.Open(() => new ConsumerBuilder<byte[], byte[]>(settings.Consumer())
            .SetErrorHandler((_, error) => _health.Down(error))
            .SetLogHandler((_, message) => _health.Log(message))
            .SetPartitionsAssignedHandler((_, partitions) => Assigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => Release(partitions, mayCommit: true))
            .SetPartitionsLostHandler((_, partitions) => Release(partitions, mayCommit: false))
            .Build());
    }

    /// <summary>A partition (topic, number) went away: what is known of its devices must be read anew if it comes back.</summary>
    /// <remarks>Called from within <see cref="ReadAsync"/>, while it waits, or from <see cref="DisposeAsync"/>.</remarks>
    public Action<string, int>? Revoked { get; set; }

    /// <summary>Batches of consecutive records of one partition; no record waits for others to come. Ends only, and quietly, on cancellation.</summary>
    public async IAsyncEnumerable<TrafficBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        var stop = either.Token;
        _consumer.Subscribe(_settings.Topic);
        while (!stop.IsCancellationRequested)
        {
            var record = Next();
            if (record is not null && _batch.Accepts(record)) await TakeInAsync(record, stop);
            else if (!_batch.IsEmpty)
            {
                _held = record;
                yield return _batch.Take(_unfinished);
            }
            else _held = await Task.Run(() => Wait(stop), CancellationToken.None);
        }
    }

    /// <summary>Commits the batch's offsets. Where the brokers are gone this is made up for later: the store has the events, a repeat is harmless.</summary>
    public Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation)
    {
        _unfinished.Finish(batch.Last);
        return Task.Run(Commit, CancellationToken.None).WaitAsync(cancellation);
    }

    public Task RejectAsync(Segment segment, string fault, CancellationToken cancellation) =>
        _deadLetters.SendAsync(_unfinished.Find(segment.Position)?.Message ?? SegmentRecords.Write(segment), segment.Position, fault, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        await Task.Run(() =>
        {
            lock (_polls)
            lock (_commits)
            {
                Leave();
                _consumer.Dispose();
                _closed = true;
            }
            _deadLetters.Dispose();
        });
        _stop.Dispose();
    }

    private async Task TakeInAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellation)
    {
        if (SegmentRecords.TryRead(record, out var segment, out var fault))
        {
            _batch.Add(record, segment);
            return;
        }
        try
        {
            await _deadLetters.SendAsync(record.Message, new(record.Topic, record.Partition.Value, record.Offset.Value), fault, cancellation);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        _batch.AddUnreadable(record);
    }

    private ConsumeResult<byte[], byte[]>? Next()
    {
        if (_held is not { } held) return Poll(TimeSpan.Zero);
        _held = null;
        return held;
    }

    private ConsumeResult<byte[], byte[]>? Wait(CancellationToken cancellation)
    {
        for (var slices = 1; !cancellation.IsCancellationRequested; slices++)
        {
            if (Poll(Slice) is { } record) return record;
            if (slices * Slice < Probe) continue;
            slices = 0;
            lock (_polls)
            {
                Commit();
                // An idle topic says nothing of brokers that came back: ask.
                if (!_closed && _health.IsDown && _consumer.Assignment is [var partition, ..])
                    Guard(() => _consumer.QueryWatermarkOffsets(partition, Probe));
            }
        }
        return null;
    }

    private ConsumeResult<byte[], byte[]>? Poll(TimeSpan wait)
    {
        try
        {
            lock (_polls)
            {
                if (_closed || _consumer.Consume(wait) is not { } record) return null;
                _health.Up();
                return record;
            }
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            _health.Down(e.Error);
            return null;
        }
        catch (KafkaException e)
        {
            throw new CommandException($"Kafka at {_settings.Brokers}: {e.Error.Reason}");
        }
    }

    private void Commit()
    {
        lock (_commits)
        {
            if (_closed) return;
            var offsets = _unfinished.Committable();
            if (offsets.Count > 0 && Guard(() => _consumer.Commit(offsets))) _unfinished.Committed(offsets);
        }
    }

    /// <summary>That it succeeds says nothing of the brokers: without them it does too.</summary>
    private void Leave()
    {
        try
        {
            _consumer.Close();
        }
        catch (KafkaException e)
        {
            _logger.LogDebug("Kafka at {Brokers}: the group was left without a word: {Error}", _settings.Brokers, e.Error.Reason);
        }
    }

    private bool Guard(Action request)
    {
        try
        {
            request();
            _health.Up();
            return true;
        }
        catch (KafkaException e)
        {
            var error = e is TopicPartitionOffsetException { Results: var results } ? results.First(r => r.Error.IsError).Error : e.Error;
            if (error.Code is ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId or ErrorCode.RebalanceInProgress)
                _logger.LogDebug("Kafka at {Brokers}: {Error}: the partitions' next owner brings the records again", _settings.Brokers, error.Reason);
            else
                _health.Down(error);
            return false;
        }
    }

    private void Assigned(List<TopicPartition> partitions)
    {
        if (partitions.Count > 0) _health.Up();
        _logger.LogInformation("Reading {Topic}: partitions {Partitions}", _settings.Topic, string.Join(", ", partitions.Select(p => p.Partition.Value)));
    }

    private void Release(List<TopicPartitionOffset> partitions, bool mayCommit)
    {
        if (mayCommit) Commit();
        foreach (var partition in partitions.Select(p => p.TopicPartition))
        {
            _unfinished.Forget(partition);
            _batch.Forget(partition);
            if (_held?.TopicPartition == partition) _held = null;
            Revoked?.Invoke(partition.Topic, partition.Partition.Value);
        }
    }
}
