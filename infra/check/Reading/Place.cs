namespace IoMTAD.Infra.Reading;

/// <summary>A line of a file; lines count from 1.</summary>
internal readonly record struct Place(string File, int Line);
