using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>What every operating system does by itself: time, names, lease, neighbours.</summary>
internal sealed class Housekeeping : DeviceTask
{
    private readonly (long Interval, Func<long, long> Run)[] chores;
    private readonly long[] due;
    private readonly Host peer;

    public Housekeeping(Device device) : base(device)
    {
        peer = device.Host.Kind switch
        {
            DeviceKind.ImagingModality => Ward.Pacs,
            "mqtt-broker" => Ward.Pacs,
            _ => Ward.Broker,
        };
        chores =
        [
            (device.Own(32 * Nano.Second), time => Ntp.Poll(Timeline, Random, time, Host, Ward.Router)),
            (device.Own(75 * Nano.Second), time => Dns.Resolve(Timeline, Random, time, Host, Ward.Router, peer.DomainName, peer.Ip)),
            (device.Own(45 * Nano.Second), time => ArpFrames.Resolve(Timeline, Random, time, Host, peer, unicast: true)),
            (device.Own(60 * Nano.Second), time => ArpFrames.Resolve(Timeline, Random, time, Ward.Router, Host,
                unicast: Random.Chance(0.7))),
            (device.Own(200 * Nano.Second), time => Dhcp.Renew(Timeline, Random, time, Host, Ward.Router)),
        ];
        due = new long[chores.Length];
    }

    protected override long Begin(long now)
    {
        for (var i = 0; i < due.Length; i++) due[i] = now + Random.Between(0, chores[i].Interval);
        return due.Min();
    }

    protected override long Turn(long now)
    {
        for (var i = 0; i < due.Length; i++)
        {
            if (due[i] > now) continue;
            chores[i].Run(now);
            due[i] = now + Random.Around(chores[i].Interval, 0.06);
        }
        return due.Min();
    }
}
