using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>What a deployment runs before the host starts: <c>dotnet IoMTAD.Functions.dll schema …</c>.</summary>
public static class SchemaCommand
{
    private const int Done = 0, Fault = 1, WrongUse = 2;

    private static readonly string[] Prefix = ["schema"];

    /// <param name="arguments">After <c>schema</c>.</param>
    /// <param name="configuration">See <see cref="RecordDataSource"/>; the role that it names becomes the owner of what it makes.</param>
    /// <returns>0 done, 1 the database refused or is not there, 2 wrong use.</returns>
    public static async Task<int> RunAsync(
        string[] arguments, IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var parsed = Build(configuration, output).Parse([.. Prefix, .. arguments]);
        if (parsed.Errors.Count > 0)
        {
            foreach (var wrong in parsed.Errors) await error.WriteLineAsync($"schema: {wrong.Message}");
            await error.WriteLineAsync("schema: try 'schema --help'");
            return WrongUse;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error }, cancellation);
        }
        catch (Exception e) when (DatabaseFault.Of(e) is { } fault)
        {
            await error.WriteLineAsync(fault is PostgresException { SqlState: PostgresErrorCodes.UndefinedObject } missing
                ? $"schema: {missing.MessageText}: make it first, then apply again"
                : $"schema: the database refused, or is not there: {fault.Message}");
            return Fault;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            await error.WriteLineAsync($"schema: the record's database is not configured: {e.Message}");
            return WrongUse;
        }
    }

    private static RootCommand Build(IConfiguration configuration, TextWriter output)
    {
        var role = new Option<string?>("--runtime-role")
        {
            Description = "Role of the running host, which has to be there: it gets the right to append to the record and to keep its state, and no more.",
        };
        var apply = new Command("apply", "Brings the database of ConnectionStrings__Record up to this version. What is there already stays.") { role };
        apply.SetAction(async (parsed, cancellation) =>
        {
            await using var source = RecordDataSource.Create(configuration);
            await RecordSchema.ApplyAsync(source, parsed.GetValue(role), cancellation);
            await output.WriteLineAsync($"schema {RecordSchema.NameOf(source)} is up to date");
            return Done;
        });
        var script = new Command("script", "Prints the SQL that makes it in an empty database.") { role };
        script.SetAction(async (parsed, _) =>
        {
            await output.WriteLineAsync(RecordSchema.Script(RecordSchema.DefaultName, parsed.GetValue(role)));
            return Done;
        });
        return new RootCommand("Tables of the event store in PostgreSQL.") { new Command("schema", "Makes the record's tables, or prints how.") { apply, script } };
    }
}
