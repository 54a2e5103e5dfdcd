using System.Text;
using IoMTAD.Features;

namespace IoMTAD.Core.Tests.Features;

/// <summary>The text of <c>docs/features.md</c>, made from the schemas.</summary>
internal static class FeatureDocument
{
    /// <summary>Why a model never sees these columns, by name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Leaks = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["IAT"] = "In v1 it carries the wall clock: every 20th packet gives its Unix time, so a row tells the minute, "
            + "and with it the recording and the label (a nearest neighbour on this column alone names the class "
            + "of 99.99 % of such rows). In v2 its scale still tells the recording.",
        ["Number"] = "The block or window size was chosen per class: 10 for most, 100 for floods.",
        ["Weight"] = "The same, squared.",
        ["Srate"] = "Always equal to Rate.",
        ["Drate"] = "Always 0.",
        ["LLC"] = "Always equal to IPv.",
    };

    public static string Write()
    {
        var text = new StringBuilder();
        text.Append(Introduction);
        Table(text, WindowSchema.Schema, WindowText);
        Table(text, CicIoMT2024.V1, V1Text);
        Leaking(text, CicIoMT2024.V1);
        Table(text, CicIoMT2024.V2, V2Text);
        Leaking(text, CicIoMT2024.V2);
        return text.ToString();
    }

    private static void Table(StringBuilder text, FeatureSchema schema, string introduction)
    {
        text.Append($"\n## {schema.Name}: {schema.Columns.Count} columns\n\n{introduction}\n");
        text.Append("| # | column | unit | what it says | how it is computed | source |\n|---:|---|---|---|---|---|\n");
        for (var i = 0; i < schema.Columns.Count; i++)
        {
            var column = schema.Columns[i];
            var unit = column.Scale == FeatureScale.Log1P ? $"ln(1 + {column.Unit})" : column.Unit;
            var name = column.Leaks ? $"~~`{column.Name}`~~" : $"`{column.Name}`";
            text.Append($"| {i + 1} | {name} | {unit} | {column.Label} | {column.Formula} | {column.Source} |\n");
        }
    }

    private static void Leaking(StringBuilder text, FeatureSchema schema)
    {
        text.Append("\nNever shown to a model:\n\n");
        foreach (var column in schema.Columns.Where(column => column.Leaks)) text.Append($"- `{column.Name}`. {Leaks[column.Name]}\n");
    }

    private const string Introduction =
        """
        # Features

        Generated from the code: change the schemas, then run the tests once with `IOMTAD_APPROVE=1` to write this file anew.

        A model is bound to one schema and says so in its manifest. `window-v1` is made from packets, live or from a capture; the two
        `ciciomt2024` schemas are the published dataset's own CSV formats, which `iomtad extract` also writes, so that a data set can be
        extended by one's own captures.

        """;

    private const string WindowText =
        """
        A window is up to 10 consecutive packets of one device's segment; a segment, at most 100 frames within a second, is a sequence of
        1 to 10 windows. Windows may look back within their segment and never beyond it, so a crash, a replay or a rebalance
        changes no score. No column tells the time of day, an address, or a place in the recording. Shares are of the window's packets.
        Counts, rates, bytes and times are stored as ln(1 + x): they span decades, and a linear scaler then fits them.

        - A frame that cannot be decoded counts with what was read of it.
        - *Rates.* A full window's packets are divided by the time from the packet before it to its last one; in a segment's first window,
          where there is no packet before, the first packet only starts the clock. The span is at least 10 µs. A window with fewer than
          10 packets exists because time cut the segment: its packets are divided by the time up to the cut, a second after the
          segment began. So a quiet device that sends two packets in a millisecond has a rate of 2 packets/s, not 2,000.
        - *Peers and ports.* The far end of a packet is its destination where the device sent it, else its source. The lower of
          the two ports is the service, the higher the client.
        - *Bindings.* Which MAC address stands for which IP address is learnt within the segment from ARP and from the far ends
          of IP packets.

        """;

    private const string V1Text =
        """
        The shipped files (Dadkhah et al. 2024). One record per IPv4 or ARP packet, then the mean over blocks of 10 records (100 for the
        floods). Size columns come from a buffer of 20 frame lengths over all flows; flow columns run on from the first packet of the flow.
        Several columns do not hold what their name says: the table says what they hold. Frame lengths are those that the Python library dpkt gives
        after parsing: Ethernet padding behind an IP packet is lost, behind ARP it is kept (the published scans show ARP frames
        of 60 bytes).

        """;

    private const string V2Text =
        """
        The later release, corrected. One row per window of 10 or 100 consecutive IPv4 and ARP packets, without flow tables; lengths are
        those of the captured frames, padding included. A window that spans no time has an infinite `Rate`; one of a single packet has no
        `Std` and `Variance` (written as nothing).

        """;
}
