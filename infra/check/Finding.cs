namespace IoMTAD.Infra;

/// <summary>One thing that is wrong, where, and what to do about it.</summary>
/// <param name="File">Below the tree's root, with forward slashes.</param>
/// <param name="Line">From 1.</param>
public sealed record Finding(string File, int Line, string Fault, string Remedy)
{
    public override string ToString() => $"{File}({Line}): {Fault}; {Remedy}";
}
