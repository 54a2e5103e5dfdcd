using System.CommandLine;
using IoMTAD.Hosting.Recording;
using System.Reflection;
using System.Text;
using IoMTAD.Recording;
using IoMTAD.Views;
using IoMTAD.Views.Exports;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad events export</c>: events for other tools.</summary>
internal static class EventExportCommand
{
    private const string Description = """
        Writes events in the order of their commits, for other tools: jsonl with hashes, csv, cef (ArcSight, for a SIEM) or stix (a bundle of STIX 2.1, of
        the incidents that the events belong to). Exporting is recorded.

        Examples:
          iomtad events export --out record.jsonl
          iomtad events export --format cef --since 2026-01-31 --out siem.cef
          iomtad events export --format stix --disposition TrueAttack --out attacks.json
        """;

    private static readonly Dictionary<string, ExportFormat> Formats = new(StringComparer.Ordinal)
    {
        ["jsonl"] = ExportFormat.JsonLines, ["csv"] = ExportFormat.Csv, ["cef"] = ExportFormat.Cef, ["stix"] = ExportFormat.Stix,
    };

    public static Command Build(Terminal terminal)
    {
        var (store, by, filter, asOf) = (CommonOptions.Store(), AccountOption.By(), new EventFilterOptions(), AsOfReads.Option());
        var output = new Option<string?>("--out") { Description = "File to write; standard output without it.", HelpName = "FILE" };
        var format = new Option<string>("--format") { Description = "jsonl, csv, cef or stix.", HelpName = "FORM", DefaultValueFactory = _ => "jsonl" };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        var command = new Command("export", Description);
        filter.AddTo(command);
        foreach (var option in new Option[] { format, output, asOf, by, store }) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            await using var asked = new AsOfReads(open, parsed.GetValue(asOf));
            await using var file = parsed.GetValue(output) is { } path ? new StreamWriter(path, append: false, new UTF8Encoding(false)) : null;
            var export = new RecordExport(asked.Reads, open.Events, Version);
            try
            {
                var query = filter.Read(parsed) with { Sort = EventSort.Position };
                await export.WriteAsync(Formats[parsed.GetValue(format)!], query, file ?? terminal.Output, cancellation);
            }
            finally
            {
                // What got out is on record, also where it broke off.
                await new AccessLog(open.Events, TimeProvider.System)
                    .RecordAsync("export", parsed.GetValue(by)!, filter.Describe(parsed), export.Rows, CancellationToken.None);
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static string Version => typeof(EventExportCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
