using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <summary>A view's rows in memory, between reading and writing them.</summary>
public interface IViewRows
{
    string View { get; }

    /// <summary>Rows held, changed or not.</summary>
    int Count { get; }

    void Apply(StoredEvent @event);

    /// <summary>Rows that changed since the last call, as JSON; null where one is removed.</summary>
    IEnumerable<(string Key, string? Row)> TakeChanges();

    /// <summary>Forgets all rows. Those that changed and were not taken are lost.</summary>
    void Clear();
}

/// <summary>Rows of one type: each is read once, folded as often as events come, and written once.</summary>
/// <param name="stored">The row of a key as it was last written.</param>
public sealed class ViewRows<TRow>(View<TRow> view, Func<string, string?> stored) : IViewRows
    where TRow : class
{
    private readonly Dictionary<string, TRow?> rows = [];
    private readonly HashSet<string> changed = [];

    public string View => view.Name;

    public int Count => rows.Count;

    /// <summary>Keys of the rows that changed since they were taken.</summary>
    public IReadOnlyCollection<string> Changed => changed;

    public TRow? Find(string key)
    {
        if (rows.TryGetValue(key, out var row)) return row;
        return rows[key] = stored(key) is { } json ? ViewJson.Read<TRow>(json) : null;
    }

    public void Apply(StoredEvent @event)
    {
        if (view.KeyOf(@event) is not { } key) return;
        rows[key] = view.Fold(Find(key), @event);
        changed.Add(key);
    }

    public IEnumerable<(string Key, string? Row)> TakeChanges()
    {
        foreach (var key in changed) yield return (key, rows[key] is { } row ? ViewJson.Write(row) : null);
        changed.Clear();
    }

    public void Clear()
    {
        rows.Clear();
        changed.Clear();
    }
}
