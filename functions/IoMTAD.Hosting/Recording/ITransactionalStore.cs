using System.Data.Common;
using IoMTAD.Recording;

namespace IoMTAD.Hosting.Recording;

/// <summary>An event store in a database of SQL: what is kept beside the events changes in one transaction with them.</summary>
public interface ITransactionalStore : IEventStore
{
    /// <summary>Runs <paramref name="work"/> in a transaction of its own; no other write goes on meanwhile.</summary>
    /// <remarks>Parameters are named with <c>@</c>, which all databases here read.</remarks>
    Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation = default);

    /// <summary>Appends within a transaction of <see cref="WriteAsync"/>.</summary>
    /// <exception cref="WrongExpectedVersionException">The transaction has to be given up.</exception>
    Task<CommitResult> AppendAsync(DbTransaction transaction, Commit commit, CancellationToken cancellation = default);

    /// <summary>An open connection to read by.</summary>
    Task<DbConnection> ConnectAsync(CancellationToken cancellation = default);
}
