using System.CommandLine;
using IoMTAD.Functions.Views;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Recording;

/// <summary>What people run on the record from time to time: <c>dotnet IoMTAD.Functions.dll record …</c>.</summary>
public static class RecordCommand
{
    private const int Fault = 1, Page = 500;

    /// <param name="arguments">After <c>record</c>.</param>
    /// <param name="configuration">See <see cref="RecordDataSource"/>; the running host's role has the rights for it.</param>
    /// <returns>1 too where the chain is broken.</returns>
    /// <inheritdoc cref="DeploymentCommand.RunAsync"/>
    public static Task<int> RunAsync(
        string[] arguments, IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        DeploymentCommand.RunAsync(new Command("record", "The record of all decisions.")
        {
            Verify(configuration, output), Anchor(configuration, output, error), Retention(configuration, output),
        }, arguments, output, error, cancellation);

    private static Command Verify(IConfiguration configuration, TextWriter output)
    {
        var (by, anchor) = (AccountOption.By(), new Option<string?>("--anchor") { Description = "File of anchors: each has to fit.", HelpName = "FILE" });
        var command = new Command("verify",
            "Walks the chains of hashes and the seals, and checks evidence and texts; exit code 1 if anything was changed or is gone.")
        {
            anchor, by,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var anchors = parsed.GetValue(anchor) is { } file ? AnchorFile.Read(file) : [];
            await using var record = OpenRecord.Of(configuration);
            var report = await new ChainVerification(record.Store) { Anchors = anchors }.VerifyAsync(cancellation);
            await new AccessLog(record.Store, TimeProvider.System).RecordAsync(
                "verify", parsed.GetValue(by)!, RecordText.Outcome(report), report.Events, CancellationToken.None);
            await output.WriteLineAsync(RecordText.Of(report, anchors.Count));
            return report.Breach is null ? DeploymentCommand.Done : Fault;
        });
        return command;
    }

    private static Command Anchor(IConfiguration configuration, TextWriter output, TextWriter error)
    {
        var command = new Command("anchor", "Prints the last seal as one line, for 'record verify --anchor FILE'. Keep it where this host cannot write.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var record = OpenRecord.Of(configuration);
            var line = AnchorFile.Line(await record.Store.ReadSealedHeadAsync(cancellation), TimeProvider.System.GetUtcNow());
            if (line is null) await error.WriteLineAsync("record: nothing has been sealed yet: the first commit does it");
            await output.WriteAsync(line);
            return line is null ? Fault : DeploymentCommand.Done;
        });
        return command;
    }

    private static Command Retention(IConfiguration configuration, TextWriter output)
    {
        var (command, options) = RetentionOptions.Build();
        var by = AccountOption.By();
        command.Add(by);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var record = OpenRecord.Of(configuration);
            var dry = options.IsDryRun(parsed);
            var result = await new Retention(record.Store, TimeProvider.System.GetUtcNow(), options.Rule(parsed), parsed.GetValue(by)!, dry)
                .RunAsync(await IncidentsAsync(record.Reads, cancellation), cancellation);
            await output.WriteLineAsync(RecordText.Of(result, dry));
            return DeploymentCommand.Done;
        });
        return command;
    }

    private static async Task<List<Incident>> IncidentsAsync(IReadModels reads, CancellationToken cancellation)
    {
        List<Incident> all = [];
        var query = new IncidentQuery { Limit = Page };
        do
        {
            var page = await reads.IncidentsAsync(query, cancellation);
            all.AddRange(page.Items);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return all;
    }
}
