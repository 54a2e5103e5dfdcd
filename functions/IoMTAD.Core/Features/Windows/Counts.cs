using System.Runtime.CompilerServices;

namespace IoMTAD.Features;

/// <summary>One counter per value of a small enumeration.</summary>
[InlineArray(16)]
internal struct Counts
{
    private int first;
}
