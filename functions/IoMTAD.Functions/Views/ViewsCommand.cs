using System.CommandLine;
using System.Globalization;
using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Views;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Views;

/// <summary>What a deployment runs after an upgrade that has other views: <c>dotnet IoMTAD.Functions.dll views …</c>.</summary>
public static class ViewsCommand
{
    /// <param name="arguments">After <c>views</c>.</param>
    /// <param name="configuration">See <see cref="RecordDataSource"/>; the running host's role has the rights for it.</param>
    /// <inheritdoc cref="DeploymentCommand.RunAsync"/>
    public static Task<int> RunAsync(
        string[] arguments, IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        DeploymentCommand.RunAsync(Build(configuration, output, error), arguments, output, error, cancellation);

    private static Command Build(IConfiguration configuration, TextWriter output, TextWriter error)
    {
        var rebuild = new Command("rebuild", "Drops all rows of the views and folds the whole record anew. Hosts may run meanwhile.");
        rebuild.SetAction(async (_, cancellation) =>
        {
            await using var source = RecordDataSource.Create(configuration);
            using var documents = RecordSchema.Open(source);
            var store = new MartenEventStore(source, documents, TimeProvider.System, []);
            var folded = await new RecordViews().RebuildAsync(store, new Progress(error), cancellation);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{folded} events folded into {ViewSet.All.Count} views."));
            return DeploymentCommand.Done;
        });
        return new Command("views", "Rows that questions are answered from, made of events alone.") { rebuild };
    }

    private sealed class Progress(TextWriter error) : IProgress<long>
    {
        private const long Step = 100_000;

        private long told;

        public void Report(long folded)
        {
            if (folded / Step == told) return;
            told = folded / Step;
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"views: {folded} events so far"));
        }
    }
}
