using IoMTAD.Policy.Records;

namespace IoMTAD.Recording;

/// <summary>What is removed has to be on record as removed.</summary>
public static class Removals
{
    /// <exception cref="InvalidOperationException">The commit removes what none of its events names.</exception>
    public static void Check(Commit commit)
    {
        if (commit.ErasedTexts.Count == 0 && commit.ExpiredEvidence.Count == 0) return;
        var events = commit.Appends.SelectMany(a => a.Events).Select(e => e.Event).ToList();
        var erased = events.OfType<TextErased>().Select(e => e.Digest).ToHashSet();
        var expired = events.OfType<EvidenceExpired>().SelectMany(e => e.Segments).Select(s => s.Position).ToHashSet();
        if (commit.ErasedTexts.FirstOrDefault(digest => !erased.Contains(digest)) is { } text)
            throw new InvalidOperationException($"no event of the commit says that text {text} is erased");
        foreach (var position in commit.ExpiredEvidence)
            if (!expired.Contains(position)) throw new InvalidOperationException($"no event of the commit says that the evidence at {position} expires");
    }
}
