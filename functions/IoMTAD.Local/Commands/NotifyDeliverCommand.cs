using System.CommandLine;
using IoMTAD.Local.Response.Settings;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad notify deliver</c>: works on the outbox without watching traffic.</summary>
internal static class NotifyDeliverCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static Command Build(Terminal terminal)
    {
        var (store, config) = (CommonOptions.Store(), CommonOptions.Config());
        var command = new Command("deliver", "Delivers what waits in the outbox, until all of it is delivered or given up.") { store, config };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(store)!;
            var settings = ConfigurationFile.Load(folder, parsed.GetValue(config));
            await using var opened = OpenStore.Existing(folder);
            var notifications = opened.Notifications(settings, terminal.Console);
            using var worker = notifications.CreateSender();
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var running = worker.RunAsync(over.Token);
            var outcomes = await notifications.Outbox.ReadOutcomesAsync(cancellation);
            while (outcomes.Sum(o => o.Waiting) > 0 && !running.IsCompleted)
            {
                await Task.Delay(Look, TimeProvider.System, cancellation);
                outcomes = await notifications.Outbox.ReadOutcomesAsync(cancellation);
            }
            await over.CancelAsync();
            await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            var failed = outcomes.Sum(o => o.Failed);
            if (failed == 0) return ExitCode.Done;
            terminal.Error.WriteLine($"iomtad: {failed} given up: see 'iomtad notify list --failed'");
            return ExitCode.FaultInInput;
        });
        return command;
    }
}
