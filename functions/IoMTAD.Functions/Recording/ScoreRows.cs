using IoMTAD.Hosting.Views;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>How models have scored, by hour of traffic time.</summary>
internal static class ScoreRows
{
    /// <summary>To what is there; with the checkpoint, so that what is processed once is counted once.</summary>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<ScoreCount> scores)
    {
        if (scores.Count == 0) return;
        batch.Add("""
            INSERT INTO score_hours AS old SELECT * FROM unnest($1, $2, $3, $4, $5)
            ON CONFLICT (model, hour, bin) DO UPDATE SET segments = old.segments + excluded.segments, strange = old.strange + excluded.strange
            """,
            (string[])[.. scores.Select(s => s.Model)], (long[])[.. scores.Select(s => TrafficHours.Of(s.Hour))], (int[])[.. scores.Select(s => s.Bin)],
            (long[])[.. scores.Select(s => s.Segments)], (long[])[.. scores.Select(s => s.Strange)]);
    }

    public static async Task<IReadOnlyList<ScoreCount>> ReadAsync(NpgsqlDataSource source, string model, DateTimeOffset from, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = connection.Statement(
            "SELECT hour, bin, segments, strange FROM score_hours WHERE model = $1 AND hour >= $2 ORDER BY hour, bin", model, TrafficHours.Of(from));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<ScoreCount> read = [];
        while (await reader.ReadAsync(cancellation))
            read.Add(new(model, TrafficHours.Time(reader.GetInt64(0)), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3)));
        return read;
    }
}
