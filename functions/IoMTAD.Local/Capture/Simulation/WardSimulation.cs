using IoMTAD.Capture;
using IoMTAD.Local.Capture.Simulation.Attacks;
using IoMTAD.Local.Capture.Simulation.Devices;

namespace IoMTAD.Local.Capture.Simulation;

/// <summary>A hospital ward's network, frame by frame, as the switch's mirror port would show it. Nothing is put on any network.</summary>
/// <remarks>Same options and attacks, same bytes. Not for use by several threads at once.</remarks>
public sealed class WardSimulation
{
    private readonly Timeline timeline = new();
    private readonly Ward ward;

    /// <exception cref="ArgumentException">
    /// An attack whose name <see cref="AttackCatalog"/> does not know, or that starts before the ward.
    /// </exception>
    public WardSimulation(WardOptions options, IReadOnlyList<ScheduledAttack>? attacks = null)
    {
        ward = new Ward(options);
        DeviceTasks.Start(ward, timeline, options);
        Attacks = [.. (attacks ?? []).Select(a => AttackFactory.Start(a, ward, timeline, options))];
    }

    /// <summary>Every device of the ward and its infrastructure by MAC address; attackers are not in it.</summary>
    public DeviceInventory Inventory => ward.Inventory;

    /// <summary>The attacks in the order given, with their victims and attackers: the ground truth.</summary>
    public IReadOnlyList<PlannedAttack> Attacks { get; }

    /// <summary>Goes on to <paramref name="end"/> and hands over every frame before it, in time order, link type Ethernet.</summary>
    public void RunUntil(DateTimeOffset end, FrameHandler onFrame) => timeline.RunUntil(Nano.At(end), onFrame);
}
