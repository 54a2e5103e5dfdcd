using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>Silent but for its keep-alive, then a burst of stored readings when somebody docks it.</summary>
internal sealed class GlucoseMeter : DeviceTask
{
    private const long Tick = Nano.Second;
    private readonly MqttSession session;
    private readonly string readings;
    private readonly byte[] payload = new byte[64];
    private readonly long betweenBursts;
    private int number;

    public GlucoseMeter(Device device, string ward) : base(device)
    {
        session = new MqttSession(device, keepAliveSeconds: 5);
        readings = $"{ward}/{Host.Id}/readings";
        betweenBursts = device.Own(40 * Nano.Second);
    }

    protected override long Begin(long now) => session.Connect(Boot(now, Ward.Broker)) + Tick;

    protected override long Turn(long now)
    {
        var end = now;
        if (Device.Happens(now, Tick, betweenBursts))
            for (var left = Random.Between(4, 12); left > 0; left--)
                end = session.Publish(end + Random.Between(8 * Nano.Millisecond, 25 * Nano.Millisecond), readings, 1, Reading());
        else if (session.PingIsDue(now)) end = session.Ping(now);
        else if (Device.Happens(now, Tick, 5 * Nano.Minute)) end = session.Reconnect(now);
        return Next(now, end, Tick, 0.01);
    }

    private ReadOnlySpan<byte> Reading()
    {
        var w = new ByteWriter(payload);
        w.Text("{\"id\":");
        w.Number(++number, 5);
        w.Text(",\"mmol_x10\":");
        w.Number(Random.Between(38, 145), 3);
        w.Text(",\"strip\":");
        w.Number(Random.Between(1000, 9999));
        w.Text("}");
        return w.Written;
    }
}
