using System.CommandLine;
using IoMTAD.Local.Response.Settings;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad notify test</c>: one message now, past the outbox, with the server's own words where it fails.</summary>
internal static class NotifyTestCommand
{
    public static Command Build(Terminal terminal)
    {
        var (store, config, json) = (CommonOptions.Store(), CommonOptions.Config(), CommonOptions.Json());
        var channel = new Option<string>("--channel") { Description = "Name of the channel.", HelpName = "NAME", Required = true };
        var command = new Command("test", "Sends a test message by a channel, now.") { channel, store, config, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (folder, name) = (parsed.GetValue(store)!, parsed.GetValue(channel)!.ToLowerInvariant());
            var settings = ConfigurationFile.Load(folder, parsed.GetValue(config));
            if (settings.Channels.All(c => c.Name != name))
                throw new CommandException(
                    $"there is no channel '{name}': there are {string.Join(", ", settings.Channels.Select(c => c.Name))}", ExitCode.WrongUse);
            await using var opened = OpenStore.OrNew(folder);
            var (fault, remark) = await opened.Notifications(settings, terminal.Console).TestAsync(name, cancellation);
            if (parsed.GetValue(json)) terminal.WriteJson(new { channel = name, delivered = fault is null, error = fault ?? remark });
            else if (fault is null) terminal.Output.WriteLine($"{name}: accepted{(remark is null ? "" : $", but {remark}")}. See whether it arrives.");
            if (fault is not null) terminal.Error.WriteLine($"iomtad: {name}: {fault}");
            return fault is null ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }
}
