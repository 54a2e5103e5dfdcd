using System.CommandLine;
using System.Data.Common;
using IoMTAD.Hosting.Settings;
using IoMTAD.Local.Commands.Demo;
using IoMTAD.Recording;

namespace IoMTAD.Local.Commands;

/// <summary>All commands, and what their failures mean to the shell.</summary>
public static class CommandLine
{
    public static RootCommand Build(Terminal terminal) =>
        new("Finds abnormal network behaviour of medical devices, tells people, and keeps every decision as an event.")
        {
            DemoCommand.Build(terminal),
            SimulateCommand.Build(terminal),
            ExtractCommand.Build(terminal),
            TrainCommand.Build(terminal),
            TuneCommand.Build(terminal),
            EvaluateCommand.Build(terminal),
            CompareCommand.Build(terminal),
            DetectCommand.Build(terminal),
            ReplayCommand.Build(terminal),
            ServeCommand.Build(terminal),
            HealthCommand.Build(terminal),
            EventCommands.Build(terminal),
            IncidentCommands.Build(terminal),
            SuppressionCommands.Build(terminal),
            RescoreCommand.Build(terminal),
            DeviceCommands.Build(terminal),
            ModelCommands.Build(terminal),
            ViewCommands.Build(terminal),
            KeyCommands.Build(terminal),
            NotifyCommands.Build(terminal),
        };

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellation)
    {
        var parsed = Build(terminal).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) terminal.Error.WriteLine($"iomtad: {error.Message}");
            terminal.Error.WriteLine($"iomtad: try '{Path(parsed.CommandResult)} --help'");
            return ExitCode.WrongUse;
        }
        try
        {
            // Failures are ours to put into words, and Ctrl-C ours to hear.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Error, ProcessTerminationTimeout = null,
            }, cancellation);
        }
        catch (CommandException e)
        {
            terminal.Error.WriteLine($"iomtad: {e.Message}");
            return e.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or SettingsException)
        {
            terminal.Error.WriteLine($"iomtad: {e.Message}");
            return ExitCode.FaultInInput;
        }
        catch (WrongExpectedVersionException)
        {
            terminal.Error.WriteLine("iomtad: somebody else decided the same thing meanwhile, so nothing was recorded: look again, then try again");
            return ExitCode.FaultInInput;
        }
        catch (DbException e)
        {
            terminal.Error.WriteLine($"iomtad: the event store cannot be read or written: {e.Message}");
            return ExitCode.FaultInInput;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Error.WriteLine("iomtad: stopped");
            return ExitCode.Stopped;
        }
    }

    private static string Path(System.CommandLine.Parsing.SymbolResult? result)
    {
        List<string> names = [];
        for (; result is System.CommandLine.Parsing.CommandResult command; result = command.Parent)
            names.Insert(0, command.Command is RootCommand ? "iomtad" : command.Command.Name);
        return string.Join(' ', names);
    }
}
