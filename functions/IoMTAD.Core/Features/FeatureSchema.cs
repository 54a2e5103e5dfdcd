namespace IoMTAD.Features;

/// <summary>What family a feature belongs to; explanations and the documentation group by it.</summary>
public enum FeatureGroup : byte { Size, Timing, Direction, Protocol, Tcp, Peers, Arp, Mqtt, Application, Flow }

/// <summary>How a column's stored value stands to its unit.</summary>
public enum FeatureScale : byte
{
    Linear,

    /// <summary>ln(1 + value in the unit): counts, rates, bytes and times span decades.</summary>
    Log1P,
}

/// <summary>One column of a schema.</summary>
/// <param name="Name">As it stands in the CSV header.</param>
/// <param name="Unit">bytes, packets/s, s, share (0–1), count, bits …: of the natural value, see <see cref="Natural"/>.</param>
/// <param name="Label">A few words for people, lower case: "packets per second", "share of SYN packets".</param>
/// <param name="Formula">How it is computed, in one line.</param>
/// <param name="Source">Standard, paper or dataset it comes from.</param>
/// <param name="Leaks">True where the column gives the recording or the label away: it is dropped before any model sees it.</param>
/// <param name="Scale">Log1P where vectors hold the logarithm of the value; models and scalers see the stored value.</param>
public sealed record FeatureColumn(
    string Name, FeatureGroup Group, string Unit, string Label, string Formula, string Source, bool Leaks = false,
    FeatureScale Scale = FeatureScale.Linear)
{
    /// <summary>A stored value in <see cref="Unit"/>, for people.</summary>
    public double Natural(double stored) => Scale == FeatureScale.Log1P ? Math.Exp(stored) - 1 : stored;
}

/// <summary>Names the columns, their order and their meaning; a model is bound to exactly one schema.</summary>
public sealed class FeatureSchema
{
    public FeatureSchema(string name, IReadOnlyList<FeatureColumn> columns)
    {
        Name = name;
        Columns = columns;
        ModelColumns = [.. Enumerable.Range(0, columns.Count).Where(i => !columns[i].Leaks)];
    }

    /// <summary>Name and version in one: <c>window-v1</c>, <c>ciciomt2024-v1</c>, <c>ciciomt2024-v2</c>.</summary>
    public string Name { get; }

    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Indices of the columns that a model may see, in order.</summary>
    public IReadOnlyList<int> ModelColumns { get; }

    /// <summary>The same columns, all of them for a model to see: to show what the leaking ones would have given.</summary>
    public FeatureSchema WithLeaks() => new(Name + "+leaks", [.. Columns.Select(c => c with { Leaks = false })]);

    /// <summary>The columns that a model sees, in order; a model's feature <c>i</c> is <c>ModelFeature(i)</c>.</summary>
    public FeatureColumn ModelFeature(int index) => Columns[ModelColumns[index]];
}
