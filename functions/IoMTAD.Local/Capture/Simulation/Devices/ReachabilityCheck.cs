using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>The router pings the servers of the ward in turn.</summary>
internal sealed class ReachabilityCheck(Device device) : DeviceTask(device)
{
    private readonly ushort identifier = device.Random.Next16();
    private readonly byte[] data = (byte[])IcmpFrames.PingData.Clone();
    private ushort sequence;

    protected override long Begin(long now) => now + Nano.Second;

    protected override long Turn(long now)
    {
        var host = ++sequence % 2 == 0 ? Ward.Broker : Ward.Pacs;
        IcmpFrames.Echo(Timeline, now, Route.Between(Host, host), reply: false, identifier, sequence, data, Random.Next16());
        var end = now + Random.Between(150 * Nano.Microsecond, 450 * Nano.Microsecond);
        IcmpFrames.Echo(Timeline, end, Route.Between(host, Host), reply: true, identifier, sequence, data, Random.Next16(),
            dontFragment: false);
        return Next(now, end, 5 * Nano.Second, 0.01);
    }
}
