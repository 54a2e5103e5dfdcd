using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>A device's MQTT session with the ward's broker, over one TCP connection after another.</summary>
/// <remarks>As with <see cref="TcpConversation"/>, each method returns when its exchange ends, and exchanges must not overlap.</remarks>
internal sealed class MqttSession
{
    private readonly Device device;
    private readonly TcpConversation conversation;
    private readonly int keepAliveSeconds;
    private readonly string? commands;
    private readonly byte[] packet = new byte[1400];
    private readonly byte[] answer = new byte[8];
    private ushort packetId;
    private long lastSent;

    /// <param name="commands">Topic filter that the device listens to, if any.</param>
    public MqttSession(Device device, int keepAliveSeconds, string? commands = null)
    {
        this.device = device;
        this.keepAliveSeconds = keepAliveSeconds;
        this.commands = commands;
        conversation = new TcpConversation(device.Timeline, device.Random);
    }

    /// <summary>
    /// Connects; where a connection of before a power cut is still open at the broker, that one is dropped (MQTT-3.1.4-2).
    /// </summary>
    public long Connect(long time)
    {
        if (conversation.IsOpen) time = conversation.CloseHalfDead(Side.Server, time) + Nano.Millisecond;
        time = conversation.Open(time, device.Host, device.Ward.Broker, Mqtt.Port) + 300 * Nano.Microsecond;
        time = FromDevice(time, Mqtt.Connect(packet, device.Host.Id, keepAliveSeconds));
        time = FromBroker(time, Mqtt.ConnAck(answer));
        if (commands is not null)
        {
            time = FromDevice(time + Nano.Millisecond, Mqtt.Subscribe(packet, ++packetId, commands, 1));
            time = FromBroker(time, Mqtt.SubAck(answer, packetId, 1));
        }
        return conversation.AcknowledgeLate(Side.Client, time);
    }

    public long Publish(long time, string topic, int quality, ReadOnlySpan<byte> payload)
    {
        if (quality > 0) packetId = (ushort)(packetId % 65_535 + 1);
        var length = Mqtt.Publish(packet, topic, quality, packetId, payload);
        lastSent = time;
        // One message in some thousands is lost on the way and sent again.
        time = device.Random.Chance(0.0003)
            ? conversation.SendTwice(Side.Client, time, packet.AsSpan(0, length))
            : FromDevice(time, length);
        if (quality == 0) return conversation.AcknowledgeLate(Side.Server, time);
        time = FromBroker(time, quality == 1 ? Mqtt.PubAck(answer, packetId) : Mqtt.PubRec(answer, packetId));
        if (quality == 2)
        {
            time = FromDevice(time + conversation.Latency(), Mqtt.PubRel(packet, packetId));
            time = FromBroker(time, Mqtt.PubComp(answer, packetId));
        }
        // A device that is about to speak lets its next message carry the acknowledgment.
        return device.Host.ChatterFactor > 1 ? time : conversation.AcknowledgeLate(Side.Client, time);
    }

    /// <summary>The broker hands a message to the device, at least once.</summary>
    public long Deliver(long time, string topic, ushort id, ReadOnlySpan<byte> payload)
    {
        time = conversation.Send(Side.Server, time, packet.AsSpan(0, Mqtt.Publish(packet, topic, 1, id, payload))) + conversation.Latency();
        time = FromDevice(time, Mqtt.PubAck(answer, id), answer);
        return conversation.AcknowledgeLate(Side.Server, time);
    }

    public bool PingIsDue(long now) => now - lastSent >= keepAliveSeconds * Nano.Second;

    public long Ping(long time)
    {
        lastSent = time;
        time = conversation.Send(Side.Client, time, Mqtt.PingRequest) + conversation.Latency();
        time = conversation.Send(Side.Server, time, Mqtt.PingResponse);
        return conversation.AcknowledgeLate(Side.Client, time);
    }

    /// <summary>Leaves politely and comes back: a firmware's watchdog, a roaming access point.</summary>
    public long Reconnect(long time)
    {
        time = conversation.Send(Side.Client, time, Mqtt.Disconnect) + 100 * Nano.Microsecond;
        time = conversation.Close(Side.Client, time);
        return Connect(time + device.Random.Between(80 * Nano.Millisecond, 600 * Nano.Millisecond));
    }

    private long FromDevice(long time, int length) => FromDevice(time, length, packet);

    private long FromDevice(long time, int length, byte[] bytes) => conversation.Send(Side.Client, time, bytes.AsSpan(0, length));

    private long FromBroker(long time, int length) =>
        conversation.Send(Side.Server, time + conversation.Latency(), answer.AsSpan(0, length));
}
