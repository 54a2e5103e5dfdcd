using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>Collects the beds' observations and sends them to the hospital's record system in rounds, one message per bed.</summary>
internal sealed class Hl7Gateway : DeviceTask
{
    private readonly TcpConversation conversation;
    private readonly byte[] message = new byte[1400];
    private readonly long interval;
    private readonly int beds;
    private int controlId;

    public Hl7Gateway(Device device) : base(device)
    {
        conversation = new TcpConversation(device.Timeline, device.Random);
        interval = device.Own(6 * Nano.Second);
        beds = Random.Between(4, 9);
    }

    protected override long Begin(long now) =>
        conversation.Open(Boot(now, Ward.Records), Host, Ward.Records, Hl7.Port) + Nano.Second;

    protected override long Turn(long now)
    {
        var end = now;
        // At night fewer beds report, and a bed with nothing new is left out.
        var share = Math.Min(1, 0.8 * Ward.Rhythm.Activity(now));
        for (var bed = 1; bed <= beds; bed++)
            if (Random.Chance(share)) end = Report(end + Random.Between(4 * Nano.Millisecond, 30 * Nano.Millisecond), bed);
        if (end > now) end = conversation.AcknowledgeLate(Side.Client, end);
        if (Device.Happens(now, interval, 6 * Nano.Minute))
        {
            end = conversation.Close(Side.Client, end + Nano.Millisecond) + 40 * Nano.Millisecond;
            end = conversation.Open(end, Host, Ward.Records, Hl7.Port);
        }
        return Next(now, end, interval, 0.04);
    }

    private long Report(long time, int bed)
    {
        var length = Hl7.Observation(message, Random, ++controlId, bed, Random.Between(5, 9));
        time = conversation.Send(Side.Client, time, message.AsSpan(0, length));
        time += Random.Between(2 * Nano.Millisecond, 12 * Nano.Millisecond);
        return conversation.Send(Side.Server, time, message.AsSpan(0, Hl7.Acknowledgment(message, controlId)));
    }
}
