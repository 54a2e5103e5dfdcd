using IoMTAD.Features;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>
/// Names what strange traffic looks like, by the marks that each attack leaves in <c>window-v1</c>. It never decides whether traffic is strange:
/// a hint for the reader until a classifier says more.
/// </summary>
/// <remarks>Techniques: MITRE ATT&amp;CK for ICS (T08xx) and Enterprise (T1xxx).</remarks>
public static class SuspectedPattern
{
    /// <summary>A flood is this many packets a second or more; no device of a ward sends so many for a whole second.</summary>
    private const double FloodRate = 150;

    private sealed record Pattern(string Name, string Technique, Func<Marks, bool> Fits);

    // In order: the first that fits names the traffic.
    private static readonly Pattern[] Patterns =
    [
        new("malformed MQTT", "T0836", m => m[WindowColumn.MqttMalformed] > 0.2),
        new("MQTT connect flood", "T0814", m => m.IsFlood && m[WindowColumn.MqttConnects] + m[WindowColumn.MqttConnacks] > 0.5),
        new("MQTT publish flood", "T0814", m => m.IsFlood && m[WindowColumn.MqttPublishes] > 1),
        new("SYN flood", "T0814", m => m.IsFlood && m[WindowColumn.SynShare] > 0.3 && m[WindowColumn.ServicePorts] < 4),
        new("UDP flood", "T0814", m => m.IsFlood && m[WindowColumn.UdpShare] > 0.4),
        new("ICMP flood", "T0814", m => m.IsFlood && m[WindowColumn.IcmpShare] > 0.4),
        new("TCP flood", "T0814", m => m.IsFlood && m[WindowColumn.TcpShare] > 0.4),
        new("ARP spoofing", "T0830", m => m[WindowColumn.ArpReplyShare] > 0.01
            && (m[WindowColumn.ChangedBindings] > 0.5 || m[WindowColumn.ArpUnaskedShare] > 0.05)),
        new("OS scan", "T0888", m => m[WindowColumn.OddFlagsShare] > 0.005),
        new("port scan", "T0846", m => m[WindowColumn.ServicePorts] >= 3 && m[WindowColumn.SynShare] + m[WindowColumn.RstShare] > 0.3),
        new("ping sweep", "T0846", m => m[WindowColumn.SegmentPeers] >= 4 && m[WindowColumn.IcmpShare] + m[WindowColumn.ArpRequestShare] > 0.4),
        new("vulnerability scan", "T0888", m => m[WindowColumn.HttpShare] + m[WindowColumn.TelnetSshSmtpShare] > 0.05
            || m[WindowColumn.ApplicationErrorShare] > 0.05),
    ];

    /// <returns>Null where no pattern fits, or the features are of another schema.</returns>
    public static SuspectedClass? Find(FeatureSchema schema, SequenceBatch batch, int sequence)
    {
        if (!ReferenceEquals(schema, WindowSchema.Schema)) return null;
        var marks = new Marks(batch, sequence);
        return Array.Find(Patterns, p => p.Fits(marks)) is { } found ? new SuspectedClass(found.Name, Probability: null, found.Technique) : null;
    }

    /// <summary>Means over the segment's windows, in natural units.</summary>
    private sealed class Marks(SequenceBatch batch, int sequence)
    {
        public bool IsFlood => this[WindowColumn.SegmentRate] > FloodRate;

        public double this[WindowColumn column]
        {
            get
            {
                double sum = 0;
                var steps = batch.Lengths[sequence];
                for (var step = 0; step < steps; step++)
                    sum += WindowSchema.Schema.Columns[(int)column].Natural(batch.Step(sequence, step)[(int)column]);
                return sum / steps;
            }
        }
    }
}
