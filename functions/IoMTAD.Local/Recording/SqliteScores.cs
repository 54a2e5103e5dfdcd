using System.Globalization;
using System.Text;
using IoMTAD.Hosting.Views;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>How models have scored, by hour of traffic time.</summary>
/// <remarks>Commits are many and their counts few: each is one row at the end of <c>score_batches</c>, and now and then all are added to
/// <c>score_hours</c>. To add each took a twelfth of the host's time.</remarks>
internal static class SqliteScores
{
    private const int MostBatches = 1000;

    private const string Batches =
        "SELECT model, value ->> 0 AS hour, value ->> 1 AS bin, value ->> 2 AS segments, value ->> 3 AS strange FROM score_batches, json_each(counts)";

    /// <summary>Within the transaction that moves the checkpoint: what is processed once is counted once.</summary>
    public static void Add(SqliteDatabase database, SqliteTransaction transaction, IReadOnlyList<ScoreCount> scores)
    {
        foreach (var ofModel in scores.GroupBy(s => s.Model, StringComparer.Ordinal))
        {
            var row = (long)database.Prepared(transaction, "INSERT INTO score_batches (model, counts) VALUES ($model, $counts) RETURNING row",
                ("$model", ofModel.Key), ("$counts", Json(ofModel))).ExecuteScalar()!;
            if (row >= MostBatches) AddUp(database, transaction);
        }
    }

    public static async Task<IReadOnlyList<ScoreCount>> ReadAsync(
        SqliteDatabase database, string model, DateTimeOffset from, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT hour, bin, SUM(segments), SUM(strange) FROM (SELECT model, hour, bin, segments, strange FROM score_hours UNION ALL {Batches})
            WHERE model = $model AND hour >= $from GROUP BY hour, bin ORDER BY hour, bin
            """;
        command.Parameters.AddWithValue("$model", model);
        command.Parameters.AddWithValue("$from", TrafficHours.Of(from));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<ScoreCount> read = [];
        while (await reader.ReadAsync(cancellation))
            read.Add(new(model, TrafficHours.Time(reader.GetInt64(0)), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3)));
        return read;
    }

    private static void AddUp(SqliteDatabase database, SqliteTransaction transaction)
    {
        database.Prepared(transaction, $"""
            INSERT INTO score_hours SELECT model, hour, bin, SUM(segments), SUM(strange) FROM ({Batches}) WHERE true GROUP BY model, hour, bin
            ON CONFLICT DO UPDATE SET segments = segments + excluded.segments, strange = strange + excluded.strange
            """).ExecuteNonQuery();
        database.Prepared(transaction, "DELETE FROM score_batches").ExecuteNonQuery();
    }

    private static string Json(IEnumerable<ScoreCount> scores)
    {
        var text = new StringBuilder("[");
        foreach (var score in scores)
            text.Append(CultureInfo.InvariantCulture, $"[{TrafficHours.Of(score.Hour)},{score.Bin},{score.Segments},{score.Strange}],");
        text.Length = Math.Max(1, text.Length - 1);
        return text.Append(']').ToString();
    }
}
