using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <summary>A table that is made of events alone: dropped and rebuilt at will. Folding is pure; the host keeps the rows.</summary>
public interface IView
{
    string Name { get; }

    /// <returns>The row that this event changes, or null where it changes none.</returns>
    string? KeyOf(StoredEvent @event);

    /// <param name="row">The row as JSON, or null where there is none yet.</param>
    /// <returns>The row afterwards; null removes it.</returns>
    string? Apply(string? row, StoredEvent @event);

    /// <summary>Rows to fold many events into before any is written.</summary>
    /// <param name="stored">The row of a key as it was last written, as JSON; null where there is none.</param>
    IViewRows Open(Func<string, string?> stored);
}

/// <summary>A view whose rows are of one type.</summary>
public abstract class View<TRow>(string name) : IView
    where TRow : class
{
    public string Name { get; } = name;

    public abstract string? KeyOf(StoredEvent @event);

    protected internal abstract TRow? Fold(TRow? row, StoredEvent @event);

    public string? Apply(string? row, StoredEvent @event) =>
        Fold(row is null ? null : ViewJson.Read<TRow>(row), @event) is { } next ? ViewJson.Write(next) : null;

    public IViewRows Open(Func<string, string?> stored) => new ViewRows<TRow>(this, stored);
}
