using IoMTAD.Hosting.Views;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>How models have scored, by hour of traffic time.</summary>
internal static class SqliteScores
{
    /// <summary>Within the transaction that moves the checkpoint: what is processed once is counted once.</summary>
    public static void Add(SqliteDatabase database, SqliteTransaction transaction, IReadOnlyList<ScoreCount> scores)
    {
        foreach (var score in scores)
            database.Prepared(transaction, """
                INSERT INTO score_hours VALUES ($model, $hour, $bin, $segments, $strange)
                ON CONFLICT DO UPDATE SET segments = segments + excluded.segments, strange = strange + excluded.strange
                """, ("$model", score.Model), ("$hour", TrafficHours.Of(score.Hour)), ("$bin", score.Bin), ("$segments", score.Segments),
                ("$strange", score.Strange)).ExecuteNonQuery();
    }

    public static async Task<IReadOnlyList<ScoreCount>> ReadAsync(
        SqliteDatabase database, string model, DateTimeOffset from, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT hour, bin, segments, strange FROM score_hours WHERE model = $model AND hour >= $from ORDER BY hour, bin";
        command.Parameters.AddWithValue("$model", model);
        command.Parameters.AddWithValue("$from", TrafficHours.Of(from));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<ScoreCount> read = [];
        while (await reader.ReadAsync(cancellation))
            read.Add(new(model, TrafficHours.Time(reader.GetInt64(0)), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3)));
        return read;
    }
}
