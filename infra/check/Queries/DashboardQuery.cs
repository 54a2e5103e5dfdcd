namespace IoMTAD.Infra.Queries;

/// <summary>One query of a dashboard, as it stands in the file.</summary>
/// <param name="Place">Such as <c>panel 'Lag' A</c>.</param>
/// <param name="Source">Uid of its data source.</param>
/// <param name="Format">Of the record: <c>table</c> or <c>time_series</c>; of the series always the latter.</param>
/// <param name="Interval">The panel's least interval, such as <c>10s</c>; null where it names none.</param>
public sealed record DashboardQuery(string File, string Place, string Source, string Text, string Format, string? Interval);

/// <summary>What is wrong with one of them.</summary>
/// <param name="IsEmpty">It runs, and finds nothing to show.</param>
public sealed record QueryFault(string File, string Place, string Fault, bool IsEmpty)
{
    public override string ToString() => $"{File}: {Place}: {Fault}";
}
