using System.CommandLine;
using IoMTAD.Hosting.Settings;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>Runs what a deployment does to the record's database, and says what went wrong.</summary>
internal static class DeploymentCommand
{
    public const int Done = 0;

    private const int Fault = 1, WrongUse = 2;

    /// <returns>0 done, 1 the database refused or is not there, or a file or a setting cannot be used, 2 wrong use.</returns>
    public static async Task<int> RunAsync(
        Command command, string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var name = command.Name;
        var parsed = new RootCommand("The event store in PostgreSQL.") { command }.Parse([name, .. arguments]);
        if (parsed.Errors.Count > 0)
        {
            foreach (var wrong in parsed.Errors) await error.WriteLineAsync($"{name}: {wrong.Message}");
            await error.WriteLineAsync($"{name}: try '{name} --help'");
            return WrongUse;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error }, cancellation);
        }
        catch (Exception e) when (DatabaseFault.Of(e) is { } fault)
        {
            await error.WriteLineAsync(fault switch
            {
                PostgresException { SqlState: PostgresErrorCodes.UndefinedObject } missing => $"{name}: {missing.MessageText}: make it first, then apply again",
                PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } missing => $"{name}: {missing.MessageText}: run 'schema apply' first",
                _ => $"{name}: the database refused, or is not there: {fault.Message}",
            });
            return Fault;
        }
        catch (Exception e) when (e is SettingsException or IOException or FormatException { InnerException: not null })
        {
            await error.WriteLineAsync($"{name}: {e.Message}");
            return Fault;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            await error.WriteLineAsync($"{name}: the record's database is not configured: {e.Message}");
            return WrongUse;
        }
    }
}
