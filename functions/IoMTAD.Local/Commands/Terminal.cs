using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary>Where a command writes: results to standard output, progress and errors to standard error, so that results can be piped.</summary>
public sealed class Terminal(TextWriter output, TextWriter error)
{
    public static Terminal Process() => new(System.Console.Out, System.Console.Error);

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Tables of results.</summary>
    public IAnsiConsole Console { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

    /// <summary>Progress bars and live tables.</summary>
    public IAnsiConsole Progress { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });

    public void WriteJson<T>(T value) => Output.WriteLine(Json.Write(value));
}
