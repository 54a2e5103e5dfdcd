using System.CommandLine;
using IoMTAD.Hosting.Recording;
using System.Globalization;
using IoMTAD.Api.Desks;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad incidents ack|note|close|reopen|learn</c>: what people do with an incident.</summary>
internal static class IncidentActCommands
{
    public static IEnumerable<Command> Build(Terminal terminal) => [Acknowledge(terminal), Note(terminal), Close(terminal), Reopen(terminal), Learn(terminal)];

    private static Command Acknowledge(Terminal terminal) => Act(terminal, "ack", "Says that somebody is looking, which stops the escalation.", [],
        (desks, id, by, _, cancellation) => desks.Incidents.AcknowledgeAsync(id, by, null, cancellation));

    private static Command Note(Terminal terminal)
    {
        var text = new Argument<string>("text") { Description = "What you found. It can be erased again, without breaking the record." };
        return Act(terminal, "note", "Adds a note.", [text],
            (desks, id, by, parsed, cancellation) => desks.Incidents.AddNoteAsync(id, parsed.GetValue(text)!, by, null, cancellation));
    }

    private static Command Close(Terminal terminal)
    {
        var what = new Option<Disposition>("--as")
        {
            Description = "What it was: TrueAttack, Malfunction, FalseAlarm or Maintenance.", HelpName = "WHAT", Required = true,
        };
        var note = NoteOption();
        return Act(terminal, "close", "Closes it, and says what it was.", [what, note],
            (desks, id, by, parsed, cancellation) => desks.Incidents.CloseAsync(id, parsed.GetValue(what), parsed.GetValue(note), by, null, cancellation));
    }

    private static Command Reopen(Terminal terminal)
    {
        var note = NoteOption();
        return Act(terminal, "reopen", "Goes on with a closed incident as a new one that names the old.", [note],
            (desks, id, by, parsed, cancellation) => desks.Incidents.ReopenAsync(id, parsed.GetValue(note), by, null, cancellation));
    }

    private static Command Learn(Terminal terminal)
    {
        var (id, store, by, json) = (IncidentCommands.Id(), CommonOptions.Store(), AccountOption.By(), CommonOptions.Json());
        var days = new Option<double>("--days") { Description = "How long it holds, at most 90.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what it would have silenced in the past." };
        var command = new Command("learn", "Makes what the incident showed normal for its device, until then or until it is revoked.")
        {
            id, days, dryRun, by, store, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var desks = new Desks(open);
            var incident = await IncidentCommands.FindAsync(open, parsed.GetValue(id)!, cancellation);
            var preview = Desks.Done(await desks.Suppressions.PreviewLearningAsync(incident.Id, cancellation));
            if (!parsed.GetValue(json)) SuppressionCommands.Write(terminal, preview.Silences);
            if (parsed.GetValue(dryRun))
            {
                if (parsed.GetValue(json)) terminal.WriteJson(preview);
                return ExitCode.Done;
            }
            var learned = Desks.Done(await desks.Suppressions.LearnAsync(
                incident.Id, TimeSpan.FromDays(parsed.GetValue(days)), parsed.GetValue(by)!, cancellation));
            if (parsed.GetValue(json)) terminal.WriteJson(learned);
            else
                terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"learned for {incident.Device.Id} until {learned.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; "
                    + $"take it back with 'iomtad suppressions revoke {learned.Id}'"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string?> NoteOption() => new("--note") { Description = "A note with it.", HelpName = "TEXT" };

    private static Command Act(
        Terminal terminal, string name, string description, IReadOnlyList<Symbol> more,
        Func<Desks, string, string, ParseResult, CancellationToken, Task<ActOutcome<Incident>>> act)
    {
        var (id, store, by, json) = (IncidentCommands.Id(), CommonOptions.Store(), AccountOption.By(), CommonOptions.Json());
        var command = new Command(name, description) { id };
        foreach (var argument in more.OfType<Argument>()) command.Add(argument);
        foreach (var option in more.OfType<Option>()) command.Add(option);
        foreach (var option in new Option[] { by, store, json }) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var incident = await IncidentCommands.FindAsync(open, parsed.GetValue(id)!, cancellation);
            var now = Desks.Done(await act(new Desks(open), incident.Id, parsed.GetValue(by)!, parsed, cancellation));
            if (parsed.GetValue(json)) terminal.WriteJson(now);
            else terminal.Console.Write(IncidentCommands.Table([now]));
            return ExitCode.Done;
        });
        return command;
    }
}
