using IoMTAD.Policy;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>What people wrote, by the digest that its event holds.</summary>
internal static class SqliteTexts
{
    /// <summary>Within the transaction that appends the event.</summary>
    public static void Keep(SqliteDatabase database, SqliteTransaction transaction, PersonalText text) => database.Prepared(transaction,
        "INSERT INTO texts VALUES ($digest, $salt, $text) ON CONFLICT (digest) DO NOTHING",
        ("$digest", text.Digest), ("$salt", text.Salt), ("$text", text.Text)).ExecuteNonQuery();

    /// <summary>Within the transaction that records the erasure: the database itself refuses any other.</summary>
    public static void Erase(SqliteDatabase database, SqliteTransaction transaction, string digest) =>
        database.Prepared(transaction, "DELETE FROM texts WHERE digest = $digest", ("$digest", digest)).ExecuteNonQuery();

    public static async Task<PersonalText?> ReadAsync(SqliteDatabase database, string digest, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT salt, text FROM texts WHERE digest = $digest";
        command.Parameters.AddWithValue("$digest", digest);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new PersonalText(digest, reader.GetString(0), reader.GetString(1)) : null;
    }
}
