using Confluent.Kafka;
using IoMTAD.Capture;

namespace IoMTAD.Hosting.Capture.Kafka;

/// <summary>Where records are kept that cannot be read.</summary>
public interface IDeadLetters
{
    /// <summary>Returns when the record is kept, byte for byte.</summary>
    /// <exception cref="OperationCanceledException">It is not known to be.</exception>
    Task SendAsync(Message<byte[], byte[]> original, TrafficPosition source, string error, CancellationToken cancellation);
}
