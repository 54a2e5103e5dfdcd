using Npgsql;
using NpgsqlTypes;

namespace IoMTAD.Functions.Recording;

/// <summary>Statements whose parameters are numbered from <c>$1</c>.</summary>
/// <remarks>They come as a list, since an array of strings, alone, would be taken for the parameters themselves.</remarks>
internal static class NpgsqlStatements
{
    public static void Add(this NpgsqlBatch batch, string sql, params List<object?> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(Parameter(value));
        batch.BatchCommands.Add(command);
    }

    public static NpgsqlCommand Statement(this NpgsqlConnection connection, string sql, params List<object?> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        int number => new NpgsqlParameter<int> { TypedValue = number },
        _ => new NpgsqlParameter { Value = value },
    };
}
