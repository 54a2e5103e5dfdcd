using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>Flow once a second at least once, changes of rate exactly once, orders from the broker. Chatters when it fails.</summary>
internal sealed class InfusionPump : DeviceTask
{
    private readonly MqttSession session;
    private readonly string status;
    private readonly string change;
    private readonly string order;
    private readonly byte[] payload = new byte[96];
    private readonly long interval;
    private readonly int rate;
    private ushort orderId;
    private int volume;

    public InfusionPump(Device device, string ward) : base(device)
    {
        status = $"{ward}/{Host.Id}/status";
        change = $"{ward}/{Host.Id}/rate";
        order = $"{ward}/{Host.Id}/order";
        session = new MqttSession(device, keepAliveSeconds: 60, commands: order);
        interval = device.Own(960 * Nano.Millisecond);
        rate = Random.Between(20, 250);
    }

    protected override long Begin(long now) => session.Connect(Boot(now, Ward.Broker)) + interval;

    protected override long Turn(long now)
    {
        if (Host.ChatterFactor > 1)
        {
            var repeated = session.Publish(now, status, 1, Status());
            return Next(now, repeated, (long)(interval / Host.ChatterFactor), 0.1);
        }
        volume++;
        var end = session.Publish(now, status, 1, Status());
        if (Device.Happens(now, interval, 45 * Nano.Second)) end = session.Publish(end + Nano.Millisecond, change, 2, Status());
        else if (Device.Happens(now, interval, 60 * Nano.Second)) end = session.Deliver(end + Nano.Millisecond, order, ++orderId, Status());
        else if (Device.Happens(now, interval, 7 * Nano.Minute)) end = session.Reconnect(end + Nano.Millisecond);
        return Next(now, end, interval, 0.015);
    }

    private ReadOnlySpan<byte> Status()
    {
        var w = new ByteWriter(payload);
        w.Text("{\"ml_h\":");
        w.Number(rate, 3);
        w.Text(",\"vol\":");
        w.Number(volume, 6);
        w.Text(",\"state\":2,\"press\":");
        w.Number(volume * 7 % 31 + 20);
        w.Text("}");
        return w.Written;
    }
}
