using System.Buffers.Binary;

namespace IoMTAD.Inference.Onnx;

/// <summary>How a field's value stands in the bytes (Protocol Buffers encoding specification, "Message Structure").</summary>
internal enum WireType : byte { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 }

/// <summary>One field of a message: a number in <see cref="Value"/>, or <see cref="Bytes"/>.</summary>
internal readonly ref struct WireField(int number, WireType type, ulong value, ReadOnlySpan<byte> bytes)
{
    public int Number { get; } = number;
    public WireType Type { get; } = type;
    public ulong Value { get; } = value;
    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}

/// <summary>Takes a protobuf message apart, field by field. Copies nothing; a length beyond the end is a failure.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> rest = message;

    /// <summary>The bytes stopped being a message: cut short, a length beyond the end, or a wire type that is none.</summary>
    public bool Failed { get; private set; }

    /// <returns>False at the end and after a failure.</returns>
    public bool TryNext(out WireField field)
    {
        field = default;
        if (rest.IsEmpty || Failed) return false;
        Failed = !TryVarint(out var tag) || tag >> 3 is 0 or > int.MaxValue || !TryValue((int)(tag >> 3), (WireType)(tag & 7), out field);
        return !Failed;
    }

    /// <summary>The next bare varint of a packed field.</summary>
    public bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < rest.Length && i < LongestVarint; i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] >= 0x80) continue;
            rest = rest[(i + 1)..];
            return true;
        }
        Failed |= !rest.IsEmpty;
        return false;
    }

    private bool TryValue(int number, WireType type, out WireField field)
    {
        field = default;
        switch (type)
        {
            case WireType.Varint:
                if (!TryVarint(out var value)) return false;
                field = new(number, type, value, default);
                return true;
            case WireType.Fixed32:
                if (!TryTake(sizeof(uint), out var four)) return false;
                field = new(number, type, BinaryPrimitives.ReadUInt32LittleEndian(four), default);
                return true;
            case WireType.Fixed64:
                if (!TryTake(sizeof(ulong), out var eight)) return false;
                field = new(number, type, BinaryPrimitives.ReadUInt64LittleEndian(eight), default);
                return true;
            case WireType.Bytes:
                if (!TryVarint(out var length) || !TryTake(length, out var bytes)) return false;
                field = new(number, type, 0, bytes);
                return true;
            default:
                return false;
        }
    }

    private bool TryTake(ulong length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > (ulong)rest.Length) return false;
        bytes = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }
}
