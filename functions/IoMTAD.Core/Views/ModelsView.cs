using IoMTAD.Policy.Models;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <summary>Which version of each model is in use; key: the model's name.</summary>
public sealed class ModelsView() : View<Model>("models")
{
    private static readonly string Prefix = Model.StreamOf("");

    public override string? KeyOf(StoredEvent @event) =>
        @event.Stream.StartsWith(Prefix, StringComparison.Ordinal) ? @event.Stream[Prefix.Length..] : null;

    protected internal override Model? Fold(Model? row, StoredEvent @event) =>
        @event.Event is { } known ? Model.Apply(row ?? Model.New(@event.Stream[Prefix.Length..]), known) : row;
}
