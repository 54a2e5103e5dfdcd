namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>Gives every host its tasks.</summary>
internal static class DeviceTasks
{
    public static void Start(Ward ward, Timeline timeline, WardOptions options)
    {
        var start = Nano.At(options.Start);
        foreach (var host in ward.Devices)
        {
            Add(host, "work", d => Work(d, options.Ward), 0);
            Add(host, "housekeeping", d => new Housekeeping(d), 3 * Nano.Second);
        }
        foreach (var host in new[] { ward.Broker, ward.Pacs }) Add(host, "housekeeping", d => new Housekeeping(d), Nano.Second);
        Add(ward.Router, "reachability", d => new ReachabilityCheck(d), Nano.Second);
        Add(ward.Broker, "health", d => new HealthCheck(d), 2 * Nano.Second);

        void Add(Host host, string task, Func<Device, DeviceTask> make, long delay)
        {
            var random = new SimulationRandom(options.Seed, $"{host.Id}/{task}");
            var begin = start + delay + random.Between(0, 2 * Nano.Second);
            timeline.Schedule(make(new Device(host, ward, timeline, random)), begin);
        }
    }

    private static DeviceTask Work(Device device, string ward) => device.Host.Kind switch
    {
        DeviceKind.BedsideMonitor => new BedsideMonitor(device, ward),
        DeviceKind.InfusionPump => new InfusionPump(device, ward),
        DeviceKind.Ventilator => new Ventilator(device),
        DeviceKind.PulseOximeter => new PulseOximeter(device),
        DeviceKind.GlucoseMeter => new GlucoseMeter(device, ward),
        DeviceKind.EcgWearable => new EcgWearable(device),
        DeviceKind.ImagingModality => new ImagingModality(device),
        DeviceKind.Hl7Gateway => new Hl7Gateway(device),
        var kind => throw new InvalidOperationException($"no task for a {kind}"),
    };
}
