namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>
/// HL7 v2.6 messages in MLLP frames: unsolicited observations (ORU^R01) and their acknowledgments. All codes are synthetic.
/// </summary>
internal static class Hl7
{
    public const int Port = 2575;

    private static readonly string[] Observations =
        ["147842^HR^MDC", "150456^SPO2^MDC", "151562^RR^MDC", "150033^ABPS^MDC", "150034^ABPD^MDC", "150344^TEMP^MDC"];

    public static int Observation(Span<byte> to, SimulationRandom random, int controlId, int bed, int observations)
    {
        var w = new ByteWriter(to);
        Header(ref w, "ORU^R01^ORU_R01", controlId);
        w.Text("PID|1||SIM");
        w.Number(bed, 6);
        w.Text("\rPV1|1|I|ICU^^");
        w.Number(bed, 3);
        w.Text("\rOBR|1|||182777000^MON^SCT\r");
        for (var i = 0; i < observations; i++)
        {
            w.Text("OBX|");
            w.Number(i + 1);
            w.Text("|NM|");
            w.Text(Observations[i % Observations.Length]);
            w.Text("||");
            w.Number(random.Between(10, 180));
            w.Text("|||||F\r");
        }
        w.Bytes([0x1C, 0x0D]);
        return w.Length;
    }

    public static int Acknowledgment(Span<byte> to, int controlId)
    {
        var w = new ByteWriter(to);
        Header(ref w, "ACK^R01^ACK", controlId);
        w.Text("MSA|AA|");
        w.Number(controlId, 8);
        w.Bytes([0x0D, 0x1C, 0x0D]);
        return w.Length;
    }

    private static void Header(ref ByteWriter w, string type, int controlId)
    {
        w.U8(0x0B);
        w.Text(@"MSH|^~\&|GW|WARD|EHR|HOSP|||");
        w.Text(type);
        w.U8('|');
        w.Number(controlId, 8);
        w.Text("|P|2.6\r");
    }
}
