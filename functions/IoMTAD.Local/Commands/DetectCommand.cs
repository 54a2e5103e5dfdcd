using System.CommandLine;
using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <param name="Strange">Segments above the threshold.</param>
public sealed record FileDetection(string File, int Segments, long Frames, long Undecodable, int Strange, int Incidents, int Faults)
{
    public double StrangeShare => Segments > 0 ? (double)Strange / Segments : 0;
}

/// <summary><c>iomtad detect</c>: scores files and says what is strange in them.</summary>
internal static class DetectCommand
{
    public static Command Build(Terminal terminal)
    {
        var files = Files.Argument("Captures (pcap, pcapng) or files of the dataset (CSV).");
        var model = Models.Option();
        var store = new Option<string?>("--store") { Description = "Keep the events in this folder; otherwise they are only printed.", HelpName = "DIR" };
        var fail = new Option<bool>("--fail-on-anomaly") { Description = "Exit code 3 if anything is strange." };
        var (inventory, json) = (CommonOptions.Inventory(), CommonOptions.Json());
        var command = new Command("detect", "Scores files: incidents as JSON lines on standard output, a summary per file on standard error.")
        {
            files, model, store, inventory, fail, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var paths = Files.Require(parsed.GetValue(files)!);
            var scorer = new ManagedAnomalyScorer(await Models.LoadAsync(
                terminal, parsed.GetValue(model), parsed.GetValue(store) ?? CommonOptions.DefaultStore, cancellation));
            Models.RequireReads(scorer.Schema, paths);
            var devices = Files.Inventory(parsed.GetValue(inventory));
            using var scratch = parsed.GetValue(store) is null ? new ScratchFolder() : null;
            await using var open = OpenStore.OrNew(parsed.GetValue(store) ?? scratch!.Path);
            List<FileDetection> results = [];
            foreach (var path in paths) results.Add(await RunAsync(terminal, path, scorer, devices, open, cancellation));
            if (parsed.GetValue(json)) results.ForEach(terminal.WriteJson);
            else terminal.Progress.Write(Table(results));
            return results.Any(r => r.Faults > 0) ? ExitCode.FaultInInput
                : parsed.GetValue(fail) && results.Any(r => r.Incidents > 0) ? ExitCode.AnomaliesFound : ExitCode.Done;
        });
        return command;
    }

    private static Task<FileDetection> RunAsync(
        Terminal terminal, string path, IAnomalyScorer scorer, DeviceInventory inventory, OpenStore open, CancellationToken cancellation) =>
        Bar.RunAsync(terminal, Path.GetFileName(path), async report =>
        {
            var result = new FileDetection(path, 0, 0, 0, 0, 0, 0);
            var processor = new TrafficProcessor(
                open.Events, scorer, scorer.Schema, inventory, new PolicyOptions(), NullLogger<TrafficProcessor>.Instance)
            {
                Processed = (batch, committed) =>
                {
                    foreach (var outcome in batch.Outcomes)
                    {
                        if (outcome.Summary is { Fault: { } fault, Steps: > 0 }) OnFault($"{path}: segment {outcome.Segment.Position.Offset}: {fault}");
                        result = result with
                        {
                            Segments = result.Segments + 1, Frames = result.Frames + outcome.Summary.Frames,
                            Undecodable = result.Undecodable + outcome.Summary.Undecodable, Strange = result.Strange + (outcome.IsStrange ? 1 : 0),
                        };
                    }
                    foreach (var @event in committed.Appended)
                    {
                        if (@event.Event is not IncidentOpened opened) continue;
                        result = result with { Incidents = result.Incidents + 1 };
                        terminal.WriteJson(new
                        {
                            incident = opened.IncidentId, file = path, openedAt = @event.OccurredAt,
                            opened.Device, opened.Kind, opened.Severity, opened.Summary,
                        });
                    }
                },
            };
            var length = new FileInfo(path).Length;
            await using var source = new FileTrafficSource(path, inventory, OnFault, bytes => report((double)bytes / length));
            await processor.RunAsync(source, cancellation);
            return result;

            void OnFault(string fault)
            {
                result = result with { Faults = result.Faults + 1 };
                terminal.Error.WriteLine($"iomtad: {fault}");
            }
        });

    private static Table Table(IEnumerable<FileDetection> results)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("file", "segments", "frames or rows", "undecodable", "strange", "share", "incidents");
        foreach (var r in results)
            table.AddRow(Markup.Escape(Path.GetFileName(r.File)), Whole(r.Segments), Whole(r.Frames), Whole(r.Undecodable), Whole(r.Strange),
                r.StrangeShare.ToString("0.0 %", CultureInfo.InvariantCulture), Whole(r.Incidents));
        return table;
    }

    private static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private sealed class ScratchFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("iomtad-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
