using System.Runtime.CompilerServices;

namespace IoMTAD.Inference;

/// <summary>Vectorised exponential, sigmoid and tanh, within 2 units in the seventh digit of the exact value.</summary>
internal static class Activations
{
    // e^x = 2^k · e^r with r in [-ln2/2, ln2/2]; the polynomial is the Taylor series to r⁶, whose next term is below 2e-7 there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<L, V>(V x) where L : struct, ILanes<V> where V : struct
    {
        x = L.Min(L.Max(x, L.Broadcast(-87f)), L.Broadcast(87f));
        var magic = L.Broadcast(12582912f);
        var biased = L.MultiplyAdd(x, L.Broadcast(1.44269504f), magic);
        var k = L.Subtract(biased, magic);
        var r = L.MultiplyAdd(k, L.Broadcast(-0.693145752f), x);
        r = L.MultiplyAdd(k, L.Broadcast(-1.42860677e-6f), r);
        var p = L.Broadcast(1f / 720);
        p = L.MultiplyAdd(p, r, L.Broadcast(1f / 120));
        p = L.MultiplyAdd(p, r, L.Broadcast(1f / 24));
        p = L.MultiplyAdd(p, r, L.Broadcast(1f / 6));
        p = L.MultiplyAdd(p, r, L.Broadcast(0.5f));
        p = L.MultiplyAdd(p, r, L.Broadcast(1f));
        p = L.MultiplyAdd(p, r, L.Broadcast(1f));
        return L.ScaleByPowerOfTwo(p, biased);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<L, V>(V x) where L : struct, ILanes<V> where V : struct
    {
        var one = L.Broadcast(1f);
        return L.Divide(one, L.Add(one, Exp<L, V>(L.Subtract(L.Broadcast(0f), x))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<L, V>(V x) where L : struct, ILanes<V> where V : struct
    {
        var two = L.Broadcast(2f);
        return L.MultiplyAdd(two, Sigmoid<L, V>(L.Multiply(two, x)), L.Broadcast(-1f));
    }
}
