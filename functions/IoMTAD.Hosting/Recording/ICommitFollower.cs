using System.Data.Common;
using IoMTAD.Recording;

namespace IoMTAD.Hosting.Recording;

/// <summary>Keeps something beside the events that is made of them: a projection that is never behind.</summary>
public interface ICommitFollower
{
    /// <summary>Called in the transaction that appends the events; what it throws undoes all.</summary>
    /// <param name="appended">In the order of their positions, at least one.</param>
    Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> appended, CancellationToken cancellation);
}
