using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Functions.Inference;

/// <summary>Puts the model into use that the record says is.</summary>
public interface IModelFollower
{
    Task RestoreAsync(IReadModels reads, CancellationToken cancellation = default);

    /// <summary>For the feed: what was committed.</summary>
    Task OnCommittedAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellation);
}
