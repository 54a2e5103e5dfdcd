using System.CommandLine;
using IoMTAD.Hosting.Recording;
using IoMTAD.Local.Views;
using IoMTAD.Recording;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad events verify|anchor</c>: proof that the record is what was recorded.</summary>
internal static class EventVerifyCommands
{
    public static Command Verify(Terminal terminal)
    {
        var (store, by, json) = (CommonOptions.Store(), AccountOption.By(), CommonOptions.Json());
        var anchor = new Option<string?>("--anchor")
        {
            Description = "File of anchors, as 'iomtad events anchor' writes it: each has to fit.", HelpName = "FILE",
        };
        var command = new Command("verify",
            "Walks the chains of hashes and the seals, and checks evidence and texts; exit code 1 if anything was changed or is gone.")
        {
            anchor, by, store, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var anchors = parsed.GetValue(anchor) is { } file ? ReadAnchors(file) : [];
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var report = await Bar.RunAsync(terminal, "verifying", progress => new ChainVerification(open.Events)
            {
                Anchors = anchors, Progress = progress, Trace = position => SqliteTrace.FindAsync(open.Database, position, cancellation),
            }.VerifyAsync(cancellation));
            await new AccessLog(open.Events, TimeProvider.System).RecordAsync(
                "verify", parsed.GetValue(by)!, RecordText.Outcome(report), report.Events, CancellationToken.None);
            if (parsed.GetValue(json)) terminal.WriteJson(Summary(report));
            else terminal.Output.WriteLine(RecordText.Of(report, anchors.Count));
            return report.Breach is null ? ExitCode.Done : ExitCode.FaultInInput;
        });
        return command;
    }

    public static Command Anchor(Terminal terminal)
    {
        var store = CommonOptions.Store();
        var output = new Option<string?>("--out")
        {
            Description = "File to append to; standard output without it. Keep it where this machine cannot write.", HelpName = "FILE",
        };
        var command = new Command("anchor", "Writes the last seal as one line, for 'iomtad events verify --anchor FILE'.") { store, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var open = OpenStore.Existing(parsed.GetValue(store)!);
            var line = AnchorFile.Line(await open.Events.ReadSealedHeadAsync(cancellation), TimeProvider.System.GetUtcNow())
                ?? throw new CommandException("nothing has been sealed yet: the first commit of this version does it, for example 'iomtad detect … --store'");
            if (parsed.GetValue(output) is { } file) await File.AppendAllTextAsync(file, line, cancellation);
            else await terminal.Output.WriteAsync(line);
            return ExitCode.Done;
        });
        return command;
    }

    private static List<Anchor> ReadAnchors(string file)
    {
        try
        {
            return AnchorFile.Read(Files.Require([file])[0]);
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private static object Summary(ChainReport report) => new
    {
        intact = report.Breach is null, report.Events, report.Streams, report.Seals, report.Evidence, report.Texts, report.Removed,
        broken = report.Breach?.Id, report.Breach?.Position, report.Breach?.Type, report.Breach?.Stream, report.Breach?.Reason,
    };
}
