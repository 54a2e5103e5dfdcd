using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>A few sessions that publish as fast as they can: large messages at most once, or smaller ones at least once.</summary>
internal sealed class MqttPublishFlood(AttackContext context) : Attack(context)
{
    private readonly long interval = Nano.Second / context.Random.Between(500, 900);
    private readonly int quality = context.Random.Below(2);
    private readonly byte[] packet = new byte[1400];
    private readonly byte[] payload = new byte[1024];
    private readonly List<TcpConversation> sessions = [];
    private int turn;

    protected override long Begin(long now)
    {
        Random.Fill(payload);
        var each = Context.Attackers.Count > 1 ? 1 : 4;
        foreach (var attacker in Context.Attackers)
        {
            now = ArpFrames.Resolve(Timeline, Random, now, attacker, Context.Victim) + Nano.Millisecond;
            for (var i = 0; i < each; i++) now = Connect(now, attacker);
        }
        return now;
    }

    protected override long Step(long now)
    {
        var session = sessions[++turn % sessions.Count];
        var size = quality == 0 ? Random.Between(700, 1000) : Random.Between(200, 400);
        var id = (ushort)(turn % 65_535 + 1);
        session.Send(Side.Client, now, packet.AsSpan(0, Mqtt.Publish(packet, "ward/flood/data", quality, id, payload.AsSpan(0, size))));
        var answer = now + Random.Between(150 * Nano.Microsecond, 500 * Nano.Microsecond);
        if (quality == 1) session.Send(Side.Server, answer, packet.AsSpan(0, Mqtt.PubAck(packet, id)));
        else if (turn / sessions.Count % 2 == 0) session.Acknowledge(Side.Server, answer);
        return now + Random.Around(interval, 0.2);
    }

    protected override void Finish(long now)
    {
        foreach (var session in sessions) session.Reset(Side.Client, now + Nano.Millisecond);
    }

    private long Connect(long time, Host attacker)
    {
        var session = new TcpConversation(Timeline, Random);
        sessions.Add(session);
        time = session.Open(time, attacker, Context.Victim, Mqtt.Port) + 100 * Nano.Microsecond;
        var length = Mqtt.Connect(packet, $"stress-{Random.Next32():x8}", 60);
        time = session.Send(Side.Client, time, packet.AsSpan(0, length)) + session.Latency();
        time = session.Send(Side.Server, time, packet.AsSpan(0, Mqtt.ConnAck(packet))) + 100 * Nano.Microsecond;
        return session.Acknowledge(Side.Client, time) + Nano.Millisecond;
    }
}
