using System.CommandLine;
using IoMTAD.Hosting.Recording;
using System.Globalization;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad suppressions list|mute|maintenance|allow|revoke</c>: what is known to be harmless, and for how long.</summary>
internal static class SuppressionCommands
{
    public static Command Build(Terminal terminal) => new("suppressions", "What is known to be harmless, and for how long.")
    {
        List(terminal), Mute(terminal), Maintenance(terminal), Allow(terminal), Revoke(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var all = new Option<bool>("--all") { Description = "Ended ones too." };
        var command = new Command("list", "Lists mutes, maintenance windows, allow rules and learned behaviour, and what each let pass.") { all, store, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var now = await new Desks(open).NowAsync(cancellation);
            var suppressions = await open.Reads.SuppressionsAsync(parsed.GetValue(all) ? null : now, cancellation);
            if (parsed.GetValue(json)) foreach (var suppression in suppressions) terminal.WriteJson(suppression);
            else terminal.Console.Write(Table(suppressions, now));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Mute(Terminal terminal)
    {
        var device = new Argument<string>("device") { Description = "The device's id." };
        var length = Length("How long, at most 7 days: 30m, 8h.");
        return Act(terminal, "mute", "Tells nobody of a device for a time; what it does is recorded.", [device, length],
            (desks, by, parsed, cancellation) => desks.Suppressions.MuteAsync(parsed.GetValue(device)!, parsed.GetValue(length), by, cancellation));
    }

    private static Command Maintenance(Terminal terminal)
    {
        var device = new Option<string?>("--device") { Description = "One device.", HelpName = "ID" };
        var ward = new Option<string?>("--ward") { Description = "Or a whole ward.", HelpName = "NAME" };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Begins then, in traffic time; now without it.", HelpName = "TIME" };
        var length = Length("How long, at most 7 days: 30m, 8h.");
        return Act(terminal, "maintenance", "Plans a window in which nobody is told of a device or ward.", [device, ward, from, length],
            (desks, by, parsed, cancellation) => desks.Suppressions.MaintainAsync(
                parsed.GetValue(device), parsed.GetValue(ward), parsed.GetValue(from), parsed.GetValue(length), by, cancellation));
    }

    private static Command Allow(Terminal terminal)
    {
        var device = new Option<string?>("--device") { Description = "Only this device.", HelpName = "ID" };
        var ward = new Option<string?>("--ward") { Description = "Only this ward.", HelpName = "NAME" };
        var feature = new Option<string?>("--feature") { Description = "The feature that contributes most, for example packet_rate.", HelpName = "NAME" };
        var name = new Option<string?>("--class") { Description = "The suspected class, for example 'port scan'.", HelpName = "NAME" };
        var peer = new Option<string?>("--peer") { Description = "Address of the other end, for example your vulnerability scanner's.", HelpName = "ADDRESS" };
        var length = Length("How long, at most 90 days: 12h, 2160h.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what it would have silenced among the last 200 incidents." };
        var (store, by, json) = (CommonOptions.Store(), AccountOption.By(), CommonOptions.Json());
        var command = new Command("allow", "Adds a rule: anomalies that fit all that it names open no incident.")
        {
            device, ward, feature, name, peer, length, dryRun, by, store, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var desk = new Desks(open).Suppressions;
            var rule = new AllowRule(parsed.GetValue(device), parsed.GetValue(ward), parsed.GetValue(feature), parsed.GetValue(name), parsed.GetValue(peer));
            var preview = await desk.PreviewAsync(rule, cancellation);
            if (!parsed.GetValue(json)) Write(terminal, preview);
            else if (parsed.GetValue(dryRun)) terminal.WriteJson(preview);
            if (parsed.GetValue(dryRun)) return ExitCode.Done;
            Show(terminal, Desks.Done(await desk.AllowAsync(rule, parsed.GetValue(length), parsed.GetValue(by)!, cancellation)), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke(Terminal terminal)
    {
        var id = new Argument<string>("id") { Description = "The suppression." };
        return Act(terminal, "revoke", "Ends a suppression before its time.", [id],
            (desks, by, parsed, cancellation) => desks.Suppressions.RevokeAsync(parsed.GetValue(id)!, by, cancellation));
    }

    /// <summary>Says what an allowance would have done to the past.</summary>
    public static void Write(Terminal terminal, SuppressionPreview preview)
    {
        var silenced = string.Join(' ', preview.Silenced.Take(10));
        terminal.Output.WriteLine(
            $"would have silenced {preview.Incidents} of the last {preview.Of} incidents{(preview.Incidents > 0 ? ": " : "")}{silenced}");
        if (preview.ClosedAsAttack.Count > 0)
            terminal.Output.WriteLine($"AMONG THEM {preview.ClosedAsAttack.Count} CLOSED AS ATTACKS: {string.Join(' ', preview.ClosedAsAttack)}");
    }

    private static Option<TimeSpan> Length(string description) => new("--for")
    {
        Description = description, HelpName = "TIME", CustomParser = DurationArgument.Parse, Required = true,
    };

    private static Command Act(
        Terminal terminal, string name, string description, IReadOnlyList<Symbol> more,
        Func<Desks, string, ParseResult, CancellationToken, Task<Api.Desks.ActOutcome<Suppression>>> act)
    {
        var (store, by, json) = (CommonOptions.Store(), AccountOption.By(), CommonOptions.Json());
        var command = new Command(name, description);
        foreach (var argument in more.OfType<Argument>()) command.Add(argument);
        foreach (var option in more.OfType<Option>()) command.Add(option);
        foreach (var option in new Option[] { by, store, json }) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            Show(terminal, Desks.Done(await act(new Desks(open), parsed.GetValue(by)!, parsed, cancellation)), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, Suppression suppression, bool json)
    {
        if (json) terminal.WriteJson(suppression);
        else terminal.Console.Write(Table([suppression], suppression.RevokedAt ?? suppression.From));
    }

    private static Table Table(IEnumerable<Suppression> suppressions, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("suppression", "kind", "of", "what", "from (UTC)", "until (UTC)", "by", "let pass", "state");
        foreach (var s in suppressions)
            table.AddRow(s.Id, s.Kind.ToString(), Markup.Escape(s.DeviceId ?? s.Ward ?? "all"), Markup.Escape(What(s)), Text.Time(s.From), Text.Time(s.Until),
                Markup.Escape(s.By), s.Allowed.ToString(CultureInfo.InvariantCulture), State(s, now));
        return table;
    }

    private static string What(Suppression s) => s switch
    {
        { Rule: { } rule } => EventText.Rule(rule),
        { Behaviour.SilenceLimitSeconds: { } limit } => string.Create(CultureInfo.InvariantCulture, $"pauses up to {limit:0.#} s"),
        { IncidentId: { } incident } => $"as in incident {incident}",
        _ => "",
    };

    private static string State(Suppression s, DateTimeOffset now) => s switch
    {
        { RevokedAt: not null } => $"[dim]revoked by {Markup.Escape(s.RevokedBy!)}[/]",
        _ when s.IsActive(now) => "[green]active[/]",
        _ when now < s.From => "planned",
        _ => "[dim]over[/]",
    };
}
