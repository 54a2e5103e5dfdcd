namespace IoMTAD.Features;

internal struct DirectionFeatures
{
    private bool begun;
    private bool lastOutbound;
    private int outbound;
    private long outboundBytes;
    private int gaps;
    private int turns;

    public void Add(bool isOutbound, int size)
    {
        if (begun)
        {
            gaps++;
            if (isOutbound != lastOutbound) turns++;
        }
        begun = true;
        lastOutbound = isOutbound;
        if (!isOutbound) return;
        outbound++;
        outboundBytes += size;
    }

    public readonly void Write(Span<float> vector, int packets, long bytes)
    {
        vector[(int)WindowColumn.OutboundShare] = (float)outbound / packets;
        vector[(int)WindowColumn.OutboundByteShare] = bytes == 0 ? 0 : (float)outboundBytes / bytes;
        vector[(int)WindowColumn.TurnShare] = gaps == 0 ? 0 : (float)turns / gaps;
    }

    public void BeginWindow()
    {
        outbound = gaps = turns = 0;
        outboundBytes = 0;
    }
}
