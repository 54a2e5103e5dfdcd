using System.CommandLine;
using System.Globalization;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad events erase|retention</c>: what may go, goes on record.</summary>
internal static class EventRemovalCommands
{
    public static Command Erase(Terminal terminal)
    {
        var (store, by, reason) = (CommonOptions.Store(), Desks.By(), Reason());
        var digest = new Argument<string?>("digest") { Description = "The text's digest, as its event has it.", Arity = ArgumentArity.ZeroOrOne };
        var incident = new Option<string?>("--incident") { Description = "All texts of this incident.", HelpName = "ID" };
        var command = new Command("erase", "Erases personal texts for good, and records that; the chain still holds.") { digest, incident, reason, by, store };
        command.Validators.Add(result =>
        {
            if (result.GetValue(digest) is null == result.GetValue(incident) is null) result.AddError("name a text's digest, or --incident ID");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var (who, why, one) = (parsed.GetValue(by)!, parsed.GetValue(reason)!, parsed.GetValue(digest));
            var keeper = new RecordKeeper(open.Events, await new Desks(open).NowAsync(cancellation));
            var owner = parsed.GetValue(incident) is { } id
                ? await IncidentCommands.FindAsync(open, id, cancellation)
                : await OwnerAsync(open, one!, cancellation);
            var (erased, refusal) = owner is null
                ? (await keeper.EraseAsync(one!, who, why, cancellation), null)
                : await keeper.EraseAsync(owner, one, who, why, cancellation);
            if (refusal is not null) throw new CommandException(refusal);
            if (erased == 0) throw new CommandException("there is no such text: it was erased already, or never was here");
            await open.Database.TruncateLogAsync(cancellation);
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{erased} text(s) erased."));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Retention(Terminal terminal)
    {
        var (store, by, json) = (CommonOptions.Store(), Desks.By(), CommonOptions.Json());
        var evidence = Days("--evidence-days", "Evidence of incidents that were closed so many days ago or earlier goes.");
        var texts = Days("--texts-days", "The same for notes.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what would go." };
        var command = new Command("retention", "Lets evidence and notes of closed incidents expire, and records that. What is under a legal hold stays.")
        {
            evidence, texts, dryRun, by, store, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(evidence) is null && result.GetValue(texts) is null) result.AddError("name --evidence-days N, --texts-days N or both");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var rule = new RetentionRule(Span(parsed.GetValue(evidence)), Span(parsed.GetValue(texts)));
            var result = await new Retention(open.Events, TimeProvider.System.GetUtcNow(), rule, parsed.GetValue(by)!, parsed.GetValue(dryRun))
                .RunAsync(await IncidentCommands.ReadAsync(open, cancellation), cancellation);
            if (!parsed.GetValue(dryRun)) await open.Database.TruncateLogAsync(cancellation);
            if (parsed.GetValue(json)) terminal.WriteJson(result);
            else terminal.Output.WriteLine(RecordText.Of(result, parsed.GetValue(dryRun)));
            return ExitCode.Done;
        });
        return command;
    }

    internal static Option<string> Reason() => new("--reason")
    {
        Description = "Why, for the record. It cannot be erased: name nobody.", HelpName = "TEXT", Required = true,
    };

    /// <summary>The incident whose note it is; null where it is none's.</summary>
    private static async Task<Incident?> OwnerAsync(OpenStore open, string digest, CancellationToken cancellation)
    {
        var notes = IoMTAD.Views.Exports.RecordExport.ReadAllAsync(open.Reads, new EventQuery { Type = nameof(NoteAdded) }, cancellation);
        await foreach (var row in notes)
            if (row.Event.Event is NoteAdded note && note.Text == digest) return await open.Reads.IncidentAsync(note.IncidentId, cancellation);
        return null;
    }

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
