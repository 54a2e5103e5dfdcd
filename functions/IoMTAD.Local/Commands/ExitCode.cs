namespace IoMTAD.Local.Commands;

/// <summary>What the shell is told.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>A fault was found in the input: a malformed file, a broken chain.</summary>
    public const int FaultInInput = 1;

    public const int WrongUse = 2;

    /// <summary>Only with <c>--fail-on-anomaly</c>.</summary>
    public const int AnomaliesFound = 3;

    /// <summary>A model was measured and is no better than the one in use.</summary>
    public const int ModelRejected = 4;

    /// <summary>By Ctrl-C, as shells have it: 128 and the signal's number.</summary>
    public const int Stopped = 130;
}

/// <summary>A fault that the user can mend: its message is all they need to see.</summary>
public sealed class CommandException(string message, int exitCode = ExitCode.FaultInInput) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
