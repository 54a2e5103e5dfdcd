using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>
/// A CoAP server that the broker's gateway observes: one notification a second, every fourth to be acknowledged
/// (RFC 7641 section 4.5).
/// </summary>
internal sealed class PulseOximeter : DeviceTask
{
    private const int GatewayPort = 56830;
    private readonly byte[] message = new byte[128];
    private readonly byte[] reading = new byte[48];
    private readonly long interval;
    private readonly int length;
    private uint token;
    private ushort messageId;
    private int observed;

    public PulseOximeter(Device device) : base(device)
    {
        interval = device.Own(930 * Nano.Millisecond);
        length = Random.Between(22, 34);
        messageId = Random.Next16();
        // Begun where a running server would be, so that the option keeps its three bytes (RFC 7641 section 4.4).
        observed = Random.Between(0x2_0000, 0x40_0000);
    }

    protected override long Begin(long now) => Register(Boot(now, Ward.Broker)) + interval;

    protected override long Turn(long now)
    {
        var confirmable = ++observed % 4 == 0;
        var end = Notify(now, confirmable ? CoapType.Confirmable : CoapType.NonConfirmable);
        if (confirmable && Random.Chance(0.002)) end = Again(end);
        if (confirmable) end = Acknowledge(end + Random.Between(400 * Nano.Microsecond, 3 * Nano.Millisecond));
        if (Device.Happens(now, interval, 5 * Nano.Minute)) end = Register(end + 5 * Nano.Millisecond);
        return Next(now, end, interval, 0.02);
    }

    private long Register(long time)
    {
        token = Random.Next32();
        var id = Random.Next16();
        FromGateway(time, Coap.Message(message, CoapType.Confirmable, Coap.Get, id, token, observe: 0, path: "spo2"));
        time += Random.Between(2 * Nano.Millisecond, 9 * Nano.Millisecond);
        FromDevice(time, Coap.Message(message, CoapType.Acknowledgement, Coap.Content, id, token, ++observed, payload: Reading()));
        return time;
    }

    private long Notify(long time, CoapType type)
    {
        FromDevice(time, Coap.Message(message, type, Coap.Content, ++messageId, token, observed, payload: Reading()));
        return time;
    }

    /// <summary>The same message after the acknowledgment time-out of RFC 7252 section 4.8, shortened for a local network.</summary>
    private long Again(long time)
    {
        time += Random.Between(400 * Nano.Millisecond, 600 * Nano.Millisecond);
        var same = reading.AsSpan(0, length);
        FromDevice(time, Coap.Message(message, CoapType.Confirmable, Coap.Content, messageId, token, observed, payload: same));
        return time;
    }

    private long Acknowledge(long time)
    {
        FromGateway(time, Coap.Message(message, CoapType.Acknowledgement, Coap.Empty, messageId, 0));
        return time;
    }

    private ReadOnlySpan<byte> Reading()
    {
        Random.Fill(reading.AsSpan(0, length));
        return reading.AsSpan(0, length);
    }

    private void FromDevice(long time, int size) =>
        UdpFrames.Send(Timeline, time, Host, Ward.Broker, Coap.Port, GatewayPort, message.AsSpan(0, size));

    private void FromGateway(long time, int size) =>
        UdpFrames.Send(Timeline, time, Ward.Broker, Host, GatewayPort, Coap.Port, message.AsSpan(0, size));
}
