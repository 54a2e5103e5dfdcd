namespace IoMTAD.Decoding.Applications;

/// <summary>
/// Reads MQTT fields one after another. What lies beyond the captured bytes is taken for sound; what lies beyond the packet is not.
/// </summary>
internal ref struct MqttFields(ReadOnlySpan<byte> captured, int remaining)
{
    private ReadOnlySpan<byte> captured = captured;
    private bool ranOut;

    /// <summary>Bytes of the control packet not yet read.</summary>
    public int Remaining { get; private set; } = remaining;

    public bool IsBad { get; private set; }

    public readonly bool CanGoOn => !IsBad && !ranOut;

    public void Require(bool holds) => IsBad |= !holds && !ranOut;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public ushort U16() => Take(2) is [var high, var low] ? (ushort)(high << 8 | low) : (ushort)0;

    /// <summary>Section 1.5.3: a length of two bytes, then that many.</summary>
    public ReadOnlySpan<byte> Text() => Take(U16());

    /// <summary>MQTT 5.0 section 2.2.2: passed over by their length.</summary>
    public void Properties()
    {
        var length = 0;
        for (var shift = 0; shift <= 21; shift += 7)
        {
            var next = Byte();
            length |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                Take(length);
                return;
            }
        }
        Require(false);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (!CanGoOn) return default;
        if (count > Remaining)
        {
            IsBad = true;
            return default;
        }
        Remaining -= count;
        if (count > captured.Length)
        {
            ranOut = true;
            return default;
        }
        var taken = captured[..count];
        captured = captured[count..];
        return taken;
    }
}
