using System.CommandLine;
using IoMTAD.Inference;
using IoMTAD.Local.Capture.Kafka;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad serve</c>: watches the traffic that comes by Kafka, or shows a record.</summary>
internal static class ServeCommand
{
    public static Command Build(Terminal terminal)
    {
        var model = Models.Option();
        var (store, inventory, kafka) = (CommonOptions.Store(), CommonOptions.Inventory(), new KafkaOptions());
        var (page, config) = (new PageSettings(), CommonOptions.Config());
        var command = new Command("serve", "Watches the traffic of a Kafka topic until it is stopped; without --kafka, shows the record on the page.")
        {
            model, store, inventory, config,
        };
        kafka.AddTo(command);
        page.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                if (kafka.Read(parsed) is not { } settings)
                {
                    if (parsed.GetValue(model) is not null)
                        throw new CommandException("say where the traffic comes from with --kafka; without --model the record is shown", ExitCode.WrongUse);
                    await Watch.ShowAsync(terminal, parsed.GetValue(store)!, parsed.GetValue(config), page.Read(parsed, parsed.GetValue(store)!)
                        ?? throw new CommandException("without --kafka there is nothing but the page to serve", ExitCode.WrongUse), cancellation);
                    return ExitCode.Done;
                }
                using var logs = Logs.To(terminal);
                var scorer = new ManagedAnomalyScorer(
                    await Models.LoadAsync(terminal, parsed.GetValue(model), parsed.GetValue(store)!, cancellation));
                var watch = new Watch(terminal, scorer, Files.Inventory(parsed.GetValue(inventory)), parsed.GetValue(store)!, logs, parsed.GetValue(config));
                await watch.RunAsync(() => new KafkaTrafficSource(settings, logs.CreateLogger<KafkaTrafficSource>()),
                    (source, processor) => ((KafkaTrafficSource)source).Revoked = processor.Release,
                    page.Read(parsed, parsed.GetValue(store)!), cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Stopping is how a watch ends.
            }
            return ExitCode.Done;
        });
        return command;
    }
}
