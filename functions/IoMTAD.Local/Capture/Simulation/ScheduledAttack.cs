namespace IoMTAD.Local.Capture.Simulation;

/// <summary>One attack to be carried out.</summary>
/// <param name="Name">As in <see cref="AttackCatalog"/>.</param>
/// <param name="Duration">The scenario's own where null.</param>
/// <param name="Seed">Varies the victims and the details.</param>
/// <param name="Victim">Id of the device to attack, for example <c>monitor-01</c>; drawn by the seed where null.</param>
public sealed record ScheduledAttack(string Name, DateTimeOffset Start, TimeSpan? Duration = null, int Seed = 0, string? Victim = null);
