namespace IoMTAD.Local.Capture.Simulation;

/// <summary>The dataset's groups of attacks, and one of our own for devices that fail without any attacker.</summary>
public enum AttackCategory
{
    DDoS,
    DoS,
    Mqtt,
    Recon,
    Spoofing,
    Malfunction,
}

/// <summary>One kind of attack or malfunction.</summary>
/// <param name="IsSlow">A scan: it may take tens of seconds to show.</param>
/// <param name="Technique">MITRE ATT&amp;CK technique (ICS matrix; Enterprise for T1595), null where none fits.</param>
public sealed record AttackScenario(
    string Name, AttackCategory Category, TimeSpan DefaultDuration, bool IsSlow, string Description, string? Technique);
