using System.CommandLine;
using IoMTAD.Inference;
using IoMTAD.Local.Capture.Kafka;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad serve</c>: watches the traffic that comes by Kafka.</summary>
internal static class ServeCommand
{
    public static Command Build(Terminal terminal)
    {
        var (model, store, inventory, kafka) = (Models.Option(), CommonOptions.Store(), CommonOptions.Inventory(), new KafkaOptions());
        var port = new Option<int>("--port") { Description = "Port of the page, on this machine only.", HelpName = "N", DefaultValueFactory = _ => 5080 };
        var noPage = new Option<bool>("--no-page") { Description = "Serve no page." };
        var command = new Command("serve", "Watches the traffic of a Kafka topic until it is stopped.") { model, store, inventory, port, noPage };
        kafka.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = kafka.Read(parsed) ?? throw new CommandException("name the brokers with --kafka", ExitCode.WrongUse);
            using var logs = Logs.To(terminal);
            var scorer = new ManagedAnomalyScorer(Models.Load(parsed.GetValue(model)!));
            var watch = new Watch(terminal, scorer, Files.Inventory(parsed.GetValue(inventory)), parsed.GetValue(store)!, logs);
            try
            {
                await watch.RunAsync(() => new KafkaTrafficSource(settings, logs.CreateLogger<KafkaTrafficSource>()),
                    (source, processor) => ((KafkaTrafficSource)source).Revoked = processor.Release,
                    parsed.GetValue(noPage) ? null : parsed.GetValue(port), cancellation);
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
