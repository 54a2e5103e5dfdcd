using System.CommandLine;
using Azure.Identity;
using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Recording;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Inference;

/// <summary>What people do with models at once: <c>dotnet IoMTAD.Functions.dll models …</c>.</summary>
public static class ModelsCommand
{
    private const int Refused = 1;

    /// <param name="arguments">After <c>models</c>.</param>
    /// <param name="configuration">See <see cref="RecordDataSource"/> and <see cref="ModelServices"/>.</param>
    /// <returns>1 too where there is no version to go back to.</returns>
    /// <inheritdoc cref="DeploymentCommand.RunAsync"/>
    public static Task<int> RunAsync(
        string[] arguments, IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        DeploymentCommand.RunAsync(Build(configuration, output, error), arguments, output, error, cancellation);

    private static Command Build(IConfiguration configuration, TextWriter output, TextWriter error)
    {
        var name = new Option<string>("--name")
        {
            Description = "The model.", HelpName = "NAME", DefaultValueFactory = _ => configuration["Models:Name"] ?? "ward",
        };
        var reason = new Option<string>("--reason") { Description = "Why, for the record.", HelpName = "TEXT", Required = true };
        var rollback = new Command("rollback", "Puts the version before the current one into use again; running hosts take it up by themselves.")
        {
            name, reason,
        };
        rollback.SetAction(async (parsed, cancellation) =>
        {
            await using var record = OpenRecord.Of(configuration);
            var log = new ModelLog(record.Store, parsed.GetValue(name)!, TimeProvider.System.GetUtcNow());
            var models = ModelServices.Store(configuration, new DefaultAzureCredential());
            var (decision, refusal) = await ModelRollback.RunAsync(log, models, parsed.GetValue(reason)!, cancellation);
            if (decision is null) await error.WriteLineAsync($"models: {refusal}");
            else await output.WriteLineAsync($"{decision.Version} is in use again, in place of {decision.Replaces}.");
            return decision is null ? Refused : DeploymentCommand.Done;
        });
        return new Command("models", "Versions of models, and which of them is in use.") { rollback };
    }
}
