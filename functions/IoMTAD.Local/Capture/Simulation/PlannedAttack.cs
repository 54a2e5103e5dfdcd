using IoMTAD.Capture;

namespace IoMTAD.Local.Capture.Simulation;

/// <summary>An attack with its parts given out.</summary>
/// <param name="Victims">Devices that the attack is aimed at; of a sweep, all that answer it.</param>
/// <param name="Attackers">MAC addresses of the rogue machines; none for a malfunction.</param>
public sealed record PlannedAttack(
    AttackScenario Scenario, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<InventoryDevice> Victims,
    IReadOnlyList<string> Attackers)
{
    public string Name => Scenario.Name;

    /// <summary>MAC addresses of victims and attackers, as text.</summary>
    public IReadOnlyList<string> Participants { get; } = [.. Victims.Select(v => v.Address), .. Attackers];
}
