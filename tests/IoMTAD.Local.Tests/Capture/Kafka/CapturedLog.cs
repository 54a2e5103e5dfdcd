using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Tests.Capture.Kafka;

/// <summary>Keeps what is logged at information and above, and lets a test wait for it.</summary>
internal sealed class CapturedLog : ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _lines.Writer.TryWrite(formatter(state, exception));
    }

    /// <summary>The lines up to the first one that contains the text.</summary>
    public async Task<List<string>> UntilAsync(string text, CancellationToken cancellation)
    {
        var lines = new List<string>();
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellation))
        {
            lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal)) break;
        }
        return lines;
    }
}
