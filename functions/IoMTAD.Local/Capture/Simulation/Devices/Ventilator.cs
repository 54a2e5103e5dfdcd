using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>Pressure and flow curves five times a second inside TLS; a settings record now and then in answer.</summary>
internal sealed class Ventilator : DeviceTask
{
    private readonly TcpConversation conversation;
    private readonly byte[] record = new byte[1400];
    private readonly long interval;
    private readonly int curve;

    public Ventilator(Device device) : base(device)
    {
        conversation = new TcpConversation(device.Timeline, device.Random);
        interval = device.Own(195 * Nano.Millisecond);
        curve = Random.Between(300, 380);
    }

    protected override long Begin(long now) => Connect(Boot(now, Ward.Broker)) + interval;

    protected override long Turn(long now)
    {
        // Ciphertext of a binary curve: the padding rounds its length to 16 bytes.
        var length = Tls.Application(record, Random, (curve + Random.Below(48)) / 16 * 16 + 17);
        var end = conversation.AcknowledgeLate(Side.Server, conversation.Send(Side.Client, now, record.AsSpan(0, length)));
        if (Device.Happens(now, interval, 20 * Nano.Second)) end = Settings(end + Nano.Millisecond);
        else if (Device.Happens(now, interval, 8 * Nano.Minute)) end = Reconnect(end + Nano.Millisecond);
        return Next(now, end, interval, 0.02);
    }

    private long Settings(long time)
    {
        time = conversation.Send(Side.Server, time, record.AsSpan(0, Tls.Application(record, Random, 97))) + 2 * Nano.Millisecond;
        time = conversation.Send(Side.Client, time, record.AsSpan(0, Tls.Application(record, Random, 65)));
        return conversation.AcknowledgeLate(Side.Server, time);
    }

    private long Reconnect(long time)
    {
        time = conversation.Send(Side.Client, time, record.AsSpan(0, Tls.Application(record, Random, 19))) + 50 * Nano.Microsecond;
        return Connect(conversation.Close(Side.Client, time) + Random.Between(50 * Nano.Millisecond, 300 * Nano.Millisecond));
    }

    private long Connect(long time)
    {
        if (conversation.IsOpen) time = conversation.CloseHalfDead(Side.Server, time) + Nano.Millisecond;
        time = conversation.Open(time, Host, Ward.Broker, Tls.MqttPort) + 400 * Nano.Microsecond;
        var length = Tls.ClientHello(record, Random, Ward.Broker.DomainName);
        time = conversation.Send(Side.Client, time, record.AsSpan(0, length)) + Nano.Millisecond;
        length = Tls.ServerHello(record, Random);
        length += Tls.Application(record.AsSpan(length), Random, 1100); // certificate and Finished
        time = conversation.Send(Side.Server, time, record.AsSpan(0, length)) + 3 * Nano.Millisecond;
        time = conversation.Send(Side.Client, time, record.AsSpan(0, Tls.ClientFinished(record, Random))) + 500 * Nano.Microsecond;
        time = conversation.Send(Side.Server, time, record.AsSpan(0, Tls.Application(record, Random, 233)));
        return conversation.AcknowledgeLate(Side.Client, time);
    }
}
