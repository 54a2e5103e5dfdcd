using System.CommandLine;
using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Capture.Kafka;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad replay</c>: files as if they came now, into Kafka or into a watch of this process.</summary>
internal static class ReplayCommand
{
    public static Command Build(Terminal terminal)
    {
        var files = Files.Argument("Captures (pcap, pcapng) or files of the dataset (CSV).");
        var speed = new Option<double>("--speed")
        {
            Description = "1x as it once came, 10x ten times as fast, max without waiting.", HelpName = "1x|10x|max",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (text == "max") return double.PositiveInfinity;
                if (double.TryParse(text.TrimEnd('x'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor > 0)
                    return factor;
                result.AddError($"'{text}' is no speed: give 1x, 10x or max");
                return 1;
            },
            DefaultValueFactory = _ => 1,
        };
        var model = Models.Option();
        var (store, inventory, config, kafka) = (CommonOptions.Store(), CommonOptions.Inventory(), CommonOptions.Config(), new KafkaOptions());
        var command = new Command("replay", "Plays files as if their traffic came now: into Kafka with --kafka, else into a watch of this process.")
        {
            files, speed, model, store, inventory, config,
        };
        kafka.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var paths = Files.Require(parsed.GetValue(files)!);
            var devices = Files.Inventory(parsed.GetValue(inventory));
            using var logs = Logs.To(terminal);
            var (faults, settings) = (0, kafka.Read(parsed));
            var watch = settings is null
                ? await WatchAsync(
                    terminal, paths, parsed.GetValue(model), devices, parsed.GetValue(store)!, parsed.GetValue(config), logs, cancellation)
                : null;
            foreach (var path in paths)
            {
                ITrafficSource Open() => Paced(new FileTrafficSource(path, devices, fault =>
                {
                    faults++;
                    terminal.Error.WriteLine($"iomtad: {fault}");
                }), parsed.GetValue(speed));
                if (settings is not null) await SendAsync(terminal, Open(), path, settings, logs, cancellation);
                else await watch!.RunAsync(Open, null, null, cancellation);
            }
            return faults == 0 ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }

    private static ITrafficSource Paced(ITrafficSource source, double speed) =>
        double.IsPositiveInfinity(speed) ? source : new PacedTrafficSource(source, speed, TimeOf, TimeProvider.System);

    private static async Task<Watch> WatchAsync(
        Terminal terminal, string[] paths, string? model, DeviceInventory inventory, string store, string? config, ILoggerFactory logs,
        CancellationToken cancellation)
    {
        var scorer = new ManagedAnomalyScorer(await Models.LoadAsync(
            terminal, model, store, cancellation, "; or send the traffic to Kafka with --kafka BROKERS"));
        Models.RequireReads(scorer.Schema, paths);
        return new Watch(terminal, scorer, inventory, store, logs, config);
    }

    private static async Task SendAsync(
        Terminal terminal, ITrafficSource source, string path, KafkaSettings settings, ILoggerFactory logs, CancellationToken cancellation)
    {
        await using var opened = source;
        await using var producer = new KafkaSegmentProducer(settings, logs.CreateLogger<KafkaSegmentProducer>());
        var sent = 0L;
        await foreach (var batch in source.ReadAsync(cancellation))
        {
            foreach (var segment in batch.Segments) await producer.SendAsync(segment, cancellation);
            sent += batch.Segments.Count;
        }
        await producer.FlushAsync(cancellation);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {sent:#,0} segments in {settings.Topic} on {settings.Brokers}"));
    }

    /// <summary>Of a capture, its first frame's; of dataset rows, the record's own.</summary>
    private static long TimeOf(Segment segment)
    {
        if (segment.Content != SegmentContent.Pcap) return segment.RecordedNanoseconds;
        var reader = new CaptureReader();
        var bytes = segment.Value.Span;
        return reader.TryRead(ref bytes, isFinal: true, out var frame) ? frame.TimestampNanoseconds : 0;
    }
}
