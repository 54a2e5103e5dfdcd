using IoMTAD.Local.Commands;

namespace IoMTAD.Local.Tests.Commands;

/// <param name="Error">Progress and faults, as a person sees them.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The command line, run in this process.</summary>
internal static class Iomtad
{
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(TestContext.Current.CancellationToken, arguments);

    /// <param name="stop">As Ctrl-C does.</param>
    public static async Task<CommandResult> RunAsync(CancellationToken stop, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        var code = await CommandLine.RunAsync(arguments, terminal, stop);
        return new CommandResult(code, output.ToString(), error.ToString());
    }

    /// <summary>The same, of a command that has to work.</summary>
    public static async Task<CommandResult> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == ExitCode.Done, $"iomtad {string.Join(' ', arguments)} gave {result.ExitCode}: {result.Error}");
        return result;
    }
}
