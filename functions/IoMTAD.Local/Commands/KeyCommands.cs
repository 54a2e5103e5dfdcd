using System.CommandLine;
using IoMTAD.Api.Security;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad keys add|list|revoke</c>: who may use the page and the API from other machines.</summary>
internal static class KeyCommands
{
    public static Command Build(Terminal terminal) =>
        new("keys", "Who may use the page and the API from other machines.") { Add(terminal), List(terminal), Revoke(terminal) };

    private static Command Add(Terminal terminal)
    {
        var name = new Argument<string>("name") { Description = "Of the account: it stands in the record beside what was done." };
        var role = new Option<Role>("--role")
        {
            Description = "Viewer looks; responder acts on incidents; analyst queries, exports and says what is harmless; admin may do everything.",
            HelpName = "ROLE", DefaultValueFactory = _ => Role.Viewer,
        };
        var store = CommonOptions.Store();
        var command = new Command("add", "Makes a key and prints it: it is kept nowhere, so it is shown this once.") { name, role, store };
        command.SetAction((parsed, _) =>
        {
            var folder = parsed.GetValue(store)!;
            var (key, keys) = KeyFile.Read(folder).Add(parsed.GetValue(name)!, parsed.GetValue(role));
            KeyFile.Write(folder, keys);
            terminal.Output.WriteLine(key);
            terminal.Error.WriteLine("Give it to its owner now; a running 'iomtad serve' knows it after a restart.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var command = new Command("list", "Lists the accounts.") { store, json };
        command.SetAction((parsed, _) =>
        {
            var accounts = KeyFile.Read(parsed.GetValue(store)!).Accounts;
            if (parsed.GetValue(json)) foreach (var account in accounts) terminal.WriteJson(new { account.Name, account.Role });
            else
            {
                var table = new Table().Border(TableBorder.Simple).AddColumns("account", "role");
                foreach (var account in accounts) table.AddRow(Markup.Escape(account.Name), account.Role.ToString());
                terminal.Console.Write(table);
            }
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Revoke(Terminal terminal)
    {
        var name = new Argument<string>("name") { Description = "Of the account." };
        var store = CommonOptions.Store();
        var command = new Command("revoke", "Takes a key back; a running 'iomtad serve' knows it after a restart.") { name, store };
        command.SetAction((parsed, _) =>
        {
            var (folder, account) = (parsed.GetValue(store)!, parsed.GetValue(name)!);
            KeyFile.Write(folder, KeyFile.Read(folder).Remove(account)
                ?? throw new CommandException($"there is no account '{account}': 'iomtad keys list' shows them", ExitCode.WrongUse));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
