using Spectre.Console;

using IoMTAD.Api;
namespace IoMTAD.Local.Commands;

/// <summary>Where a command writes: results to standard output, progress and errors to standard error, so that results can be piped.</summary>
public sealed class Terminal(TextWriter output, TextWriter error)
{
    public static Terminal Process() => new(System.Console.Out, System.Console.Error);

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>A person looks on: at a terminal of their own, not at a file or a pipe.</summary>
    public bool IsAttended => Progress.Profile.Capabilities.Interactive;

    /// <summary>Tables of results.</summary>
    public IAnsiConsole Console { get; } = Create(output, redirected: output != System.Console.Out || System.Console.IsOutputRedirected);

    /// <summary>Progress bars and live tables.</summary>
    public IAnsiConsole Progress { get; } = Create(error, redirected: error != System.Console.Error || System.Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        // A file has no edge at which a table would have to be folded.
        if (redirected) console.Profile.Width = 200;
        return console;
    }

    public void WriteJson<T>(T value) => Output.WriteLine(ApiJson.Write(value));
}
