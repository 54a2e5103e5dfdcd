using IoMTAD.Policy.Records;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>What is removed has to be on record as removed.</summary>
internal static class SqliteRemovals
{
    /// <summary>Within the transaction that records it, before its seal. What was there is overwritten in the file.</summary>
    public static void Remove(SqliteDatabase database, SqliteTransaction transaction, Commit commit)
    {
        if (commit.ErasedTexts.Count == 0 && commit.ExpiredEvidence.Count == 0) return;
        database.Prepared(transaction, "PRAGMA secure_delete = ON").ExecuteNonQuery();
        foreach (var position in commit.ExpiredEvidence) SqliteEvidence.Expire(database, transaction, position);
        foreach (var digest in commit.ErasedTexts) SqliteTexts.Erase(database, transaction, digest);
        database.Prepared(transaction, "PRAGMA secure_delete = OFF").ExecuteNonQuery();
    }

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
