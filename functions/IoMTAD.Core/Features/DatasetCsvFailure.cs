namespace IoMTAD.Features;

public enum DatasetCsvReason : byte
{
    None,
    /// <summary>The header is that of neither published format.</summary>
    UnknownHeader,
    /// <summary>The row has fewer or more values than the header has columns.</summary>
    ColumnCount,
    /// <summary>The file holds nothing.</summary>
    Empty,
    /// <summary>A value is not a finite number.</summary>
    NotANumber,
}

/// <summary>Why a line of a dataset file could not be read, as a value: the lines after it still can.</summary>
/// <param name="Line">From 1, which is the header.</param>
/// <param name="Column">From 1; 0 where the whole line is meant.</param>
public readonly record struct DatasetCsvFailure(DatasetCsvReason Reason, long Line, int Column)
{
    public bool IsFailure => Reason != DatasetCsvReason.None;

    public override string ToString() => Reason switch
    {
        DatasetCsvReason.UnknownHeader => $"line {Line}: the columns are those of neither published format of CICIoMT2024",
        DatasetCsvReason.Empty => "the file is empty",
        DatasetCsvReason.ColumnCount => $"line {Line}: the number of values is not that of the header, from column {Column} on",
        DatasetCsvReason.NotANumber => $"line {Line}, column {Column}: not a finite number",
        _ => "no failure",
    };
}
