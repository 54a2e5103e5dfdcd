using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>A device's recurring work. A device that is off takes no turn; when it is on again it boots and begins anew.</summary>
internal abstract class DeviceTask(Device device) : IActor
{
    private bool running;

    protected Device Device { get; } = device;
    protected Host Host => Device.Host;
    protected Ward Ward => Device.Ward;
    protected Timeline Timeline => Device.Timeline;
    protected SimulationRandom Random => Device.Random;

    public long Act(long now)
    {
        if (Host.SilentUntil > now)
        {
            running = false;
            return Host.SilentUntil + Random.Between(50 * Nano.Millisecond, 900 * Nano.Millisecond);
        }
        if (running) return Turn(now);
        running = true;
        return Begin(now);
    }

    /// <summary>The first exchanges after power-on; returns when the first turn is due.</summary>
    protected abstract long Begin(long now);

    /// <summary>One round of work; returns when the next is due.</summary>
    protected abstract long Turn(long now);

    /// <summary>What an operating system says before its applications do: a lease, an announcement, who the peers are.</summary>
    protected long Boot(long time, Host peer)
    {
        time = Dhcp.Lease(Timeline, Random, time, Host, Ward.Router) + 3 * Nano.Millisecond;
        ArpFrames.Request(Timeline, time, Host.Mac, Host.Ip, Host.Ip);
        time = ArpFrames.Resolve(Timeline, Random, time + 20 * Nano.Millisecond, Host, Ward.Router) + Nano.Millisecond;
        time = Dns.Resolve(Timeline, Random, time, Host, Ward.Router, peer.DomainName, peer.Ip) + Nano.Millisecond;
        if (peer.Mac != Ward.Router.Mac) time = ArpFrames.Resolve(Timeline, Random, time, Host, peer) + Nano.Millisecond;
        return time + Random.Between(5 * Nano.Millisecond, 60 * Nano.Millisecond);
    }

    /// <summary>When a task with that interval is next due: a little early or late, never before the last exchange is over.</summary>
    protected long Next(long now, long exchangeEnd, long interval, double jitter) =>
        Math.Max(now + Random.Around(interval, jitter), exchangeEnd + 200 * Nano.Microsecond);
}
