using System.CommandLine;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad incidents hold|release</c>: what may be evidence in court stays.</summary>
internal static class IncidentHoldCommands
{
    public static Command Hold(Terminal terminal) => Build(terminal, "hold", "Places a legal hold: neither evidence nor notes of the incident go.",
        (keeper, incident, by, reason, cancellation) => keeper.HoldAsync(incident, by, reason, cancellation));

    public static Command Release(Terminal terminal) => Build(terminal, "release", "Lifts the legal hold.",
        (keeper, incident, by, reason, cancellation) => keeper.ReleaseAsync(incident, by, reason, cancellation));

    private static Command Build(
        Terminal terminal, string name, string description, Func<RecordKeeper, Incident, string, string, CancellationToken, Task<string?>> act)
    {
        var (id, store, json) = (IncidentCommands.Id(), CommonOptions.Store(), CommonOptions.Json());
        var (by, reason) = (AccountOption.By(), EventRemovalCommands.Reason());
        var command = new Command(name, description) { id, reason, by, store, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var incident = await IncidentCommands.FindAsync(open, parsed.GetValue(id)!, cancellation);
            var keeper = new RecordKeeper(open.Events, await new Desks(open).NowAsync(cancellation));
            if (await act(keeper, incident, parsed.GetValue(by)!, parsed.GetValue(reason)!, cancellation) is { } refusal) throw new CommandException(refusal);
            var now = (await open.Reads.IncidentAsync(incident.Id, cancellation))!;
            if (parsed.GetValue(json)) terminal.WriteJson(now);
            else terminal.Console.Write(IncidentCommands.Table([now]));
            return ExitCode.Done;
        });
        return command;
    }
}
