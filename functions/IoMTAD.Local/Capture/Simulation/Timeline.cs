using IoMTAD.Capture;

namespace IoMTAD.Local.Capture.Simulation;

/// <summary>Simulated time: actors take their turns and the frames they write come out in time order.</summary>
internal sealed class Timeline
{
    /// <summary>What a switch's mirror port shows of the shortest frame: 64 bytes less the check sequence (IEEE 802.3).</summary>
    public const int ShortestFrame = 60;

    private readonly EventHeap heap = new();
    private readonly FrameSlots slots = new();
    private readonly List<IActor> actors = [];
    private readonly List<IFrameTap> taps = [];
    private long offset = PcapWriter.FileHeaderLength;
    private long now;

    public void Schedule(IActor actor, long time)
    {
        actors.Add(actor);
        heap.Push(time, ~(actors.Count - 1));
    }

    public void Attach(IFrameTap tap) => taps.Add(tap);

    public void Detach(IFrameTap tap) => taps.Remove(tap);

    /// <summary>
    /// Space for a frame that goes out at <paramref name="time"/>, zero-padded to the shortest frame; the caller fills every byte.
    /// </summary>
    public Span<byte> Rent(long time, int length)
    {
        if (time < now) throw new InvalidOperationException("a frame cannot be sent in the past");
        var slot = slots.Rent(Math.Max(length, ShortestFrame));
        heap.Push(time, slot);
        var bytes = slots[slot];
        if (length < ShortestFrame) bytes[length..].Clear();
        return bytes[..length];
    }

    public void RunUntil(long end, FrameHandler onFrame)
    {
        while (!heap.IsEmpty && heap.NextTime < end)
        {
            now = heap.NextTime;
            var code = heap.Pop();
            if (code < 0) TakeTurn(code);
            else Emit(code, onFrame);
        }
    }

    private void TakeTurn(int code)
    {
        var next = actors[~code].Act(now);
        if (next != Nano.Never) heap.Push(Math.Max(next, now + 1), code);
    }

    private void Emit(int slot, FrameHandler onFrame)
    {
        var bytes = slots[slot];
        var passes = true;
        for (var i = 0; passes && i < taps.Count; i++) passes = taps[i].Pass(now, bytes);
        if (passes)
        {
            onFrame(new Frame(now, bytes.Length, LinkType.Ethernet, offset, bytes));
            offset += PcapWriter.RecordHeaderLength + bytes.Length;
        }
        slots.Return(slot);
    }
}
