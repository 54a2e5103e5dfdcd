using System.CommandLine;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Recording;
using IoMTAD.Local.Recording;
using IoMTAD.Policy.Models;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad models rollback</c>: puts the version before into use again.</summary>
internal static class RollbackCommand
{
    public static Command Build(Terminal terminal)
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        var name = new Option<string?>("--name") { Description = "The model, where the store has several.", HelpName = "NAME" };
        var reason = new Option<string>("--reason") { Description = "Why, for the record.", HelpName = "TEXT", Required = true };
        var command = new Command("rollback", "Puts the version before the current one into use again.") { store, name, reason, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var home = parsed.GetValue(store)!;
            await using var open = OpenStore.Existing(home);
            var model = Choose(await Models.ReadAsync(open, cancellation), parsed.GetValue(name), home);
            var log = new ModelLog(open.Events, model.Name, TimeProvider.System.GetUtcNow());
            var (decision, refusal) = await ModelRollback.RunAsync(log, new FolderModelStore(home), parsed.GetValue(reason)!, cancellation);
            if (decision is null) throw new CommandException($"{refusal}: put its bundle back, or promote another one with 'iomtad models promote'");
            if (parsed.GetValue(json)) terminal.WriteJson(decision);
            else terminal.Output.WriteLine($"{decision.Version} is in use again, in place of {decision.Replaces}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Model Choose(IReadOnlyList<Model> models, string? name, string store)
    {
        var inUse = models.Where(m => m.Current is not null && (name is null || m.Name == name)).ToList();
        return inUse.Count switch
        {
            1 => inUse[0],
            0 => throw new CommandException($"no model{(name is null ? "" : $" '{name}'")} is in use in '{store}': see 'iomtad models list --store {store}'"),
            _ => throw new CommandException(
                $"several models are in use in '{store}': name one with --name: {string.Join(", ", inUse.Select(m => m.Name))}", ExitCode.WrongUse),
        };
    }
}
