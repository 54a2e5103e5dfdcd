using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Hosting.Capture.Kafka;

/// <summary>Says once that the brokers went, and once that they came back, however often the client tries.</summary>
public sealed class BrokerHealth(string brokers, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly HashSet<ErrorCode> _said = [];
    private volatile bool _down;
    private string? _reason;

    public bool IsDown => _down;

    public void Down(Error error)
    {
        lock (_gate)
        {
            if (error.Code == ErrorCode.Local_Transport)
            {
                // One connection's end is everyday; it is kept as the reason in case that all are gone.
                _reason = error.Reason;
                return;
            }
            _down = true;
            if (!_said.Add(error.Code)) return;
            logger.LogWarning("Kafka at {Brokers}: {Error}; trying on", brokers,
                error.Code == ErrorCode.Local_AllBrokersDown && _reason is { } reason ? reason : error.Reason);
        }
    }

    public void Up()
    {
        if (!_down) return;
        lock (_gate)
        {
            if (!_down) return;
            _down = false;
            _reason = null;
            _said.Clear();
            logger.LogInformation("Kafka at {Brokers} answers again", brokers);
        }
    }

    /// <summary>The client's own log, less the lines on connections that <see cref="Down"/> gathers into one.</summary>
    public void Log(LogMessage message)
    {
        var level = message.Facility is "FAIL" or "ERROR" or "CONFWARN" || message.Level > SyslogLevel.Warning ? LogLevel.Debug : LogLevel.Warning;
        logger.Log(level, "librdkafka {Facility}: {Message}", message.Facility, message.Message);
    }
}
