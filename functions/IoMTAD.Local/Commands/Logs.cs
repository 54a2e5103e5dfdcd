using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Commands;

/// <summary>What a long-running command has to say about itself: warnings and errors, on standard error, one line each.</summary>
internal static class Logs
{
    public static ILoggerFactory To(Terminal terminal) => LoggerFactory.Create(builder =>
        builder.SetMinimumLevel(LogLevel.Information).AddProvider(new LineProvider(terminal.Error)));

    private sealed class LineProvider(TextWriter output) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new LineLogger(output);

        public void Dispose()
        {
        }
    }

    private sealed class LineLogger(TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (output) output.WriteLine($"iomtad: {formatter(state, exception)}");
        }
    }
}
