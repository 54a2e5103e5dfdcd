namespace IoMTAD.Infra.Queries;

/// <summary>A data source of dashboards.</summary>
public interface IQuerySource
{
    /// <summary>By which dashboards name it.</summary>
    string Uid { get; }

    /// <summary>How it writes several values where a query names no format.</summary>
    string DefaultFormat { get; }

    /// <summary>Runs a query in which all variables are replaced already.</summary>
    /// <exception cref="QueryException">It is refused, or cannot be shown in its format.</exception>
    Task<QueryAnswer> RunAsync(string text, string format, TimeWindow window, CancellationToken cancellation);
}

/// <param name="Rows">Each with the texts of its columns; a column without a value is null.</param>
public sealed record QueryAnswer(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    /// <summary>There is something to show beside times.</summary>
    public bool HasValues => Rows.Any(row => row.Where((value, column) => value is not null && Columns[column] != "time").Any());
}

/// <summary>A query that its data source does not answer.</summary>
public sealed class QueryException(string message, Exception? inner = null) : Exception(message, inner);
