namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>The device is dead: it neither sends nor receives until it is switched on again, and then boots.</summary>
internal sealed class DeviceSilent(AttackContext context) : Attack(context), IFrameTap
{
    protected override long Step(long now)
    {
        Context.Victim.SilentUntil = Context.End;
        Timeline.Attach(this);
        return Context.End;
    }

    protected override void Finish(long now) => Timeline.Detach(this);

    /// <summary>Swallows what its tasks had already begun, and what a switch would not forward to a port without a link.</summary>
    public bool Pass(long now, Span<byte> frame)
    {
        var header = new EthernetHeader(frame);
        return header.Source != Context.Victim.Mac && header.Destination != Context.Victim.Mac;
    }
}
