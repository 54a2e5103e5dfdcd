using System.Data.Common;
using IoMTAD.Hosting.Recording;

namespace IoMTAD.Functions.Views;

/// <summary>When each device was heard last, by whichever instance: quiet traffic leaves no event, but it moves the checkpoints.</summary>
public sealed class LastHeard(ITransactionalStore store)
{
    /// <returns>By address, nanoseconds since the Unix epoch of traffic time.</returns>
    /// <exception cref="DbException">The database does not answer.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, long>>> ReadAsync(CancellationToken cancellation)
    {
        await using var connection = await store.ConnectAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT address, (data::jsonb ->> 'lastSeen')::bigint FROM watches";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<KeyValuePair<string, long>> heard = [];
        while (await reader.ReadAsync(cancellation)) heard.Add(new(reader.GetString(0), reader.GetInt64(1)));
        return heard;
    }
}
