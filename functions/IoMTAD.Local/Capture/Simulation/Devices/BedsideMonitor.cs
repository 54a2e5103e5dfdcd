using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>Vital signs four times a second by MQTT at most once, alarms at least once.</summary>
internal sealed class BedsideMonitor : DeviceTask
{
    private readonly MqttSession session;
    private readonly string vitals;
    private readonly string alarms;
    private readonly byte[] payload = new byte[256];
    private readonly long interval;
    private readonly int waveLength;
    private int sequence;

    public BedsideMonitor(Device device, string ward) : base(device)
    {
        session = new MqttSession(device, keepAliveSeconds: 30);
        vitals = $"{ward}/{Host.Id}/vitals";
        alarms = $"{ward}/{Host.Id}/alarm";
        interval = device.Own(250 * Nano.Millisecond);
        waveLength = Random.Between(88, 105);
    }

    protected override long Begin(long now) => session.Connect(Boot(now, Ward.Broker)) + interval;

    protected override long Turn(long now)
    {
        var end = session.Publish(now, vitals, 0, Vitals());
        if (Device.Happens(now, interval, 40 * Nano.Second)) end = session.Publish(end + Nano.Millisecond, alarms, 1, Alarm());
        else if (Device.Happens(now, interval, 6 * Nano.Minute)) end = session.Reconnect(end + Nano.Millisecond);
        return Next(now, end, interval, 0.03);
    }

    private ReadOnlySpan<byte> Vitals()
    {
        var w = new ByteWriter(payload);
        w.Text("{\"n\":");
        w.Number(++sequence, 7);
        w.Text(",\"hr\":");
        w.Number(Random.Between(58, 104));
        w.Text(",\"sp\":");
        w.Number(Random.Between(93, 100));
        w.Text(",\"rr\":");
        w.Number(Random.Between(11, 22));
        w.Text("}");
        w.Random(Random, waveLength);
        return w.Written;
    }

    private ReadOnlySpan<byte> Alarm()
    {
        var w = new ByteWriter(payload);
        w.Text("{\"n\":");
        w.Number(++sequence, 7);
        w.Text(",\"code\":");
        w.Number(Random.Between(100, 180));
        w.Text(",\"level\":");
        w.Number(Random.Between(1, 4));
        w.Text("}");
        return w.Written;
    }
}
