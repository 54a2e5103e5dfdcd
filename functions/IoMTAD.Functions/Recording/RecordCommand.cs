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
        var (by, anchor) = (By(), new Option<string?>("--anchor") { Description = "File of anchors: each has to fit.", HelpName = "FILE" });
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
        var evidence = Days("--evidence-days", "Evidence of incidents that were closed so many days ago or earlier goes.");
        var texts = Days("--texts-days", "The same for notes.");
        var (by, dryRun) = (By(), new Option<bool>("--dry-run") { Description = "Only says what would go." });
        var command = new Command("retention", "Lets evidence and notes of closed incidents expire, and records that. What is under a legal hold stays.")
        {
            evidence, texts, dryRun, by,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(evidence) is null && result.GetValue(texts) is null) result.AddError("name --evidence-days N, --texts-days N or both");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var record = OpenRecord.Of(configuration);
            var rule = new RetentionRule(Span(parsed.GetValue(evidence)), Span(parsed.GetValue(texts)));
            var dry = parsed.GetValue(dryRun);
            var result = await new Retention(record.Store, TimeProvider.System.GetUtcNow(), rule, parsed.GetValue(by)!, dry)
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

    private static Option<string> By() => new("--by")
    {
        Description = "Who does it, for the record.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName,
    };

    private static Option<double?> Days(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(result.GetValueOrDefault<double?>() is >= 0 and <= 36500))
                result.AddError($"{name} takes a number of days, 0 or more");
        });
        return option;
    }

    private static TimeSpan? Span(double? days) => days is { } d ? TimeSpan.FromDays(d) : null;
}
