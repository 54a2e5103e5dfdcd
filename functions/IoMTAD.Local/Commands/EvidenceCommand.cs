using System.Globalization;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad incidents show ID --pcap FILE</c>: the traffic that was kept.</summary>
internal static class EvidenceCommand
{
    /// <exception cref="CommandException">The file is there already, or there are no frames to write.</exception>
    public static async Task WriteAsync(
        Terminal terminal, OpenStore open, Incident incident, string file, bool force, string by, CancellationToken cancellation)
    {
        if (File.Exists(file) && !force)
            throw new CommandException($"{file} is there already: name another file, or overwrite it with --force", ExitCode.WrongUse);
        var part = $"{file}.part";
        EvidencePcapResult result;
        await using (var output = File.Create(part)) result = await new EvidencePcap(open.Events).WriteAsync(incident.Id, output, cancellation);
        if (result.Frames == 0)
        {
            File.Delete(part);
            throw new CommandException(Why(incident, result));
        }
        await new AccessLog(open.Events, TimeProvider.System).RecordAsync("evidence", by, $"incident {incident.Id}", result.Frames, CancellationToken.None);
        File.Move(part, file, overwrite: true);
        await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"iomtad: {result.Frames} frames of {result.Segments} segment(s) in {file}{Left(result)}"));
    }

    private static string Why(Incident incident, EvidencePcapResult result) => result switch
    {
        { Rows: > 0 } => $"the evidence of incident {incident.Id} is rows of a dataset: there are no frames in it",
        { Damaged: > 0 } => $"the evidence of incident {incident.Id} is not what was recorded: see 'iomtad events verify'",
        _ => $"no frames are kept of incident {incident.Id}",
    };

    private static string Left(EvidencePcapResult r)
    {
        (long Count, string What)[] left =
        [
            (r.Missing, "segment(s) no longer there"), (r.Damaged, "segment(s) damaged: see 'iomtad events verify'"), (r.Rows, "segment(s) of rows"),
            (r.OtherLinks, "frame(s) of another link type"),
        ];
        var told = left.Where(l => l.Count > 0).Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Count} {l.What}")).ToList();
        return told.Count == 0 ? "" : $"; left out: {string.Join(", ", told)}";
    }
}
