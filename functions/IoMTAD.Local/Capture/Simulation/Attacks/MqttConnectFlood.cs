using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>MQTT sessions without end: most are left open and abandoned, some closed at once; a broker at its limit refuses.</summary>
internal sealed class MqttConnectFlood(AttackContext context) : Attack(context)
{
    private readonly TcpConversation conversation = new(context.Timeline, context.Random);
    private readonly long interval = Nano.Second / context.Random.Between(100, 180);
    private readonly byte[] packet = new byte[128];
    private int connections;

    protected override long Begin(long now)
    {
        foreach (var attacker in Context.Attackers)
            now = ArpFrames.Resolve(Timeline, Random, now, attacker, Context.Victim) + Nano.Millisecond;
        return now;
    }

    protected override long Step(long now)
    {
        var attacker = Context.Attackers[Random.Below(Context.Attackers.Count)];
        var time = conversation.Open(now, attacker, Context.Victim, Mqtt.Port) + 80 * Nano.Microsecond;
        var client = $"mqtt-flood-{Random.Next32():x8}";
        time = conversation.Send(Side.Client, time, packet.AsSpan(0, Mqtt.Connect(packet, client, 60))) + conversation.Latency();
        var refused = ++connections > 300 && Random.Chance(0.5);
        time = conversation.Send(Side.Server, time, packet.AsSpan(0, Mqtt.ConnAck(packet, refused ? 3 : 0))) + 60 * Nano.Microsecond;
        if (refused) conversation.Close(Side.Server, time);
        else if (Random.Chance(0.2)) conversation.Close(Side.Client, time);
        else conversation.Acknowledge(Side.Client, time);
        return now + Random.Around(interval, 0.3);
    }
}
