namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>The device repeats its messages twenty to forty times as often as it should.</summary>
internal sealed class DeviceChattering(AttackContext context) : Attack(context)
{
    protected override long Step(long now)
    {
        Context.Victim.ChatterFactor = Random.Between(20, 41);
        return Context.End;
    }

    protected override void Finish(long now) => Context.Victim.ChatterFactor = 1;
}
