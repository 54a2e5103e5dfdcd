using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>
/// Samples eight times a second by CoAP; every sixteenth message asks for an acknowledgment, which tells it that it is still heard.
/// </summary>
internal sealed class EcgWearable : DeviceTask
{
    private readonly byte[] message = new byte[400];
    private readonly byte[] samples = new byte[256];
    private readonly long interval;
    private readonly int length;
    private ushort messageId;
    private int port;
    private int sent;

    public EcgWearable(Device device) : base(device)
    {
        interval = device.Own(125 * Nano.Millisecond);
        length = Random.Between(9, 12) * 16; // three leads, so many samples of two bytes, and a header
        messageId = Random.Next16();
    }

    protected override long Begin(long now)
    {
        port = Host.NextPort();
        return Boot(now, Ward.Broker) + interval;
    }

    protected override long Turn(long now)
    {
        var confirmable = ++sent % 16 == 0;
        Random.Fill(samples.AsSpan(0, length));
        var token = Random.Next32();
        var type = confirmable ? CoapType.Confirmable : CoapType.NonConfirmable;
        var size = Coap.Message(message, type, Coap.Post, ++messageId, token, path: "ecg", payload: samples.AsSpan(0, length));
        UdpFrames.Send(Timeline, now, Host, Ward.Broker, port, Coap.Port, message.AsSpan(0, size));
        var end = now;
        if (confirmable)
        {
            end += Random.Between(500 * Nano.Microsecond, 4 * Nano.Millisecond);
            size = Coap.Message(message, CoapType.Acknowledgement, Coap.Changed, messageId, token);
            UdpFrames.Send(Timeline, end, Ward.Broker, Host, Coap.Port, port, message.AsSpan(0, size));
        }
        // A radio link: it comes and goes with more jitter than a cable, and after roaming from a new port.
        if (Device.Happens(now, interval, 6 * Nano.Minute)) port = Host.NextPort();
        return Next(now, end, interval, 0.09);
    }
}
