using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <summary>Every mute, maintenance window, allow rule and learned behaviour, ended ones too; key: the suppression's id.</summary>
public sealed class SuppressionsView() : View<Suppression>("suppressions")
{
    private static readonly string Prefix = Suppression.StreamOf("");

    public override string? KeyOf(StoredEvent @event) =>
        @event.Stream.StartsWith(Prefix, StringComparison.Ordinal) ? @event.Stream[Prefix.Length..] : null;

    protected internal override Suppression? Fold(Suppression? row, StoredEvent @event) =>
        @event.Event is { } known ? Suppression.Apply(row, known, @event.OccurredAt) : row;
}
