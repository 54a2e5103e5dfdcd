using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>From a classifier's answer to what people are told: an attack by the dataset's name, with its probability and technique.</summary>
/// <remarks>Techniques: MITRE ATT&amp;CK for ICS.</remarks>
public static class AttackNames
{
    private const string Benign = "Benign";

    // The first that a label holds gives its technique.
    private static readonly (string Part, string Technique)[] Techniques =
    [
        ("Malformed", "T0836"), ("Spoofing", "T0830"), ("OS_Scan", "T0888"), ("VulScan", "T0888"), ("Recon", "T0846"), ("DoS", "T0814"), ("MQTT", "T0814"),
    ];

    /// <param name="probabilities">One per class.</param>
    /// <returns>The most probable class; null where that is benign traffic.</returns>
    public static SuspectedClass? Find(IReadOnlyList<string> classes, ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best]) best = i;
        var label = classes[best];
        if (label == Benign) return null;
        var technique = Array.Find(Techniques, t => label.Contains(t.Part, StringComparison.Ordinal)).Technique;
        return new SuspectedClass(label, Math.Round(probabilities[best], 4), technique);
    }
}
