using System.Data.Common;
using IoMTAD.Functions.Recording;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Up to where the rows of all views are folded.</summary>
/// <param name="Version">Of the views that folded them.</param>
/// <param name="Next">Position of the first event that is not in them.</param>
internal readonly record struct ViewPosition(int Version, long Next)
{
    public const string Select = "SELECT version, next_position FROM view_positions";

    /// <returns>Of the result that the reader stands before.</returns>
    public static async Task<ViewPosition> ReadAsync(DbDataReader reader, CancellationToken cancellation) =>
        await reader.ReadAsync(cancellation) ? new(reader.GetInt32(0), reader.GetInt64(1)) : new(RecordViews.Version, 1);

    public static void Write(NpgsqlBatch batch, long next) => batch.Add(
        """
        INSERT INTO view_positions (version, next_position) VALUES ($1, $2)
        ON CONFLICT (one) DO UPDATE SET version = excluded.version, next_position = excluded.next_position
        """,
        RecordViews.Version, next);
}
