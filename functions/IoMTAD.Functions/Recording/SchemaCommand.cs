using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Recording;

/// <summary>What a deployment runs before the host starts: <c>dotnet IoMTAD.Functions.dll schema …</c>.</summary>
public static class SchemaCommand
{
    /// <param name="arguments">After <c>schema</c>.</param>
    /// <param name="configuration">See <see cref="RecordDataSource"/>; the role that it names becomes the owner of what it makes.</param>
    /// <inheritdoc cref="DeploymentCommand.RunAsync"/>
    public static Task<int> RunAsync(
        string[] arguments, IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        DeploymentCommand.RunAsync(Build(configuration, output), arguments, output, error, cancellation);

    private static Command Build(IConfiguration configuration, TextWriter output)
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
            return DeploymentCommand.Done;
        });
        var script = new Command("script", "Prints the SQL that makes it in an empty database.") { role };
        script.SetAction(async (parsed, _) =>
        {
            await output.WriteLineAsync(RecordSchema.Script(RecordSchema.DefaultName, parsed.GetValue(role)));
            return DeploymentCommand.Done;
        });
        return new Command("schema", "Makes the record's tables, or prints how.") { apply, script };
    }
}
