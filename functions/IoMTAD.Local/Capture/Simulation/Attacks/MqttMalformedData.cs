using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>
/// Control packets that break MQTT 3.1.1, one per connection, as a fuzzer sends them;
/// the broker closes each connection (section 4.8).
/// </summary>
internal sealed class MqttMalformedData(AttackContext context) : Attack(context)
{
    private readonly TcpConversation conversation = new(context.Timeline, context.Random);
    private readonly long interval = Nano.Second / context.Random.Between(35, 60);
    private readonly byte[] packet = new byte[256];

    protected override long Begin(long now) =>
        ArpFrames.Resolve(Timeline, Random, now, Context.Attacker, Context.Victim) + Nano.Millisecond;

    protected override long Step(long now)
    {
        var time = conversation.Open(now, Context.Attacker, Context.Victim, Mqtt.Port) + 80 * Nano.Microsecond;
        var kind = Random.Below(10);
        if (kind >= 3)
        {
            // The rest breaks the rules only after it was let in.
            var length = Mqtt.Connect(packet, $"fuzz{Random.Next16():x4}", 60);
            time = conversation.Send(Side.Client, time, packet.AsSpan(0, length)) + conversation.Latency();
            time = conversation.Send(Side.Server, time, packet.AsSpan(0, Mqtt.ConnAck(packet))) + 100 * Nano.Microsecond;
        }
        for (var repeats = kind < 3 ? 1 : Random.Between(1, 4); repeats > 0; repeats--)
            time = conversation.Send(Side.Client, time, packet.AsSpan(0, Malformed(kind))) + 40 * Nano.Microsecond;
        time += conversation.Latency();
        if (Random.Chance(0.5)) conversation.Reset(Side.Server, time);
        else conversation.Close(Side.Server, time);
        return now + Random.Around(interval, 0.3);
    }

    private int Malformed(int kind)
    {
        var w = new ByteWriter(packet);
        switch (kind)
        {
            case 0: // a protocol name that is none
                w.Bytes([0x10, 18, 0, 6, (byte)'M', (byte)'Q', (byte)'X', (byte)'x', (byte)'p', (byte)'!', 4, 2, 0, 60, 0, 4]);
                w.Text("fuzz");
                break;
            case 1: // a protocol level that does not exist, and the reserved connect flag
                w.Bytes([0x10, 16, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 0x77, 0xFF, 0, 60, 0, 200]);
                w.Text("fuzz");
                break;
            case 2: // a CONNECT whose client id is longer than the packet
                w.Bytes([0x10, 14, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 60, 0x7F, 0xFF, (byte)'a', (byte)'b']);
                break;
            case 3 or 4: // quality of service 3 (MQTT-3.3.1-4)
                w.Bytes([0x36, 12, 0, 4]);
                w.Text("fuzz");
                w.Random(Random, 6);
                break;
            case 5: // a remaining length of five bytes (section 2.2.3)
                w.Bytes([0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0, 4]);
                w.Text("fuzz");
                break;
            case 6: // a topic longer than the packet
                w.Bytes([0x30, 10, 0x40, 0x00]);
                w.Text("overflow");
                break;
            case 7: // SUBSCRIBE with flags 0 and no filter (MQTT-3.8.1-1, MQTT-3.8.3-3)
                w.Bytes([0x80, 2, 0, 0]);
                break;
            case 8: // the reserved packet types 0 and 15
                w.U8(Random.Chance(0.5) ? 0x00 : 0xFF);
                w.U8(6);
                w.Random(Random, 6);
                break;
            default: // a filter longer than the packet
                w.Bytes([0x82, 9, 0, 1, 0x7F, 0xFF]);
                w.Random(Random, 5);
                break;
        }
        return w.Length;
    }
}
