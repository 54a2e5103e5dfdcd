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
        var (store, by, reason) = (CommonOptions.Store(), AccountOption.By(), Reason());
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
        var (command, options) = RetentionOptions.Build();
        var (store, by, json) = (CommonOptions.Store(), AccountOption.By(), CommonOptions.Json());
        foreach (var option in (Option[])[by, store, json]) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var dry = options.IsDryRun(parsed);
            var result = await new Retention(open.Events, TimeProvider.System.GetUtcNow(), options.Rule(parsed), parsed.GetValue(by)!, dry)
                .RunAsync(await IncidentCommands.ReadAsync(open, cancellation), cancellation);
            if (!dry) await open.Database.TruncateLogAsync(cancellation);
            if (parsed.GetValue(json)) terminal.WriteJson(result);
            else terminal.Output.WriteLine(RecordText.Of(result, dry));
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
}
