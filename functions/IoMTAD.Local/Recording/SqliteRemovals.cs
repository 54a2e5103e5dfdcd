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
}
