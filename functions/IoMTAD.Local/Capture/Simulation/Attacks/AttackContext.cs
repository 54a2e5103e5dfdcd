namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>What an attack works with: when, who, and its own random numbers.</summary>
internal sealed record AttackContext(
    Ward Ward, Timeline Timeline, SimulationRandom Random, long Start, long End, IReadOnlyList<Host> Victims, IReadOnlyList<Host> Attackers)
{
    public Host Victim => Victims[0];

    public Host Attacker => Attackers[0];
}
