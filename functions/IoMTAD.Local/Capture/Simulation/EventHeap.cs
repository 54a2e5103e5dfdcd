namespace IoMTAD.Local.Capture.Simulation;

/// <summary>A four-ary min-heap of what happens next; equal times keep the order in which they were pushed.</summary>
internal sealed class EventHeap
{
    private Entry[] entries = new Entry[1024];
    private int count;
    private uint order;

    public bool IsEmpty => count == 0;

    public long NextTime => entries[0].Time;

    public void Push(long time, int code)
    {
        if (count == entries.Length) Array.Resize(ref entries, count * 2);
        var entry = new Entry(time, order++, code);
        var i = count++;
        while (i > 0)
        {
            var parent = (i - 1) >> 2;
            if (!entry.Before(entries[parent])) break;
            entries[i] = entries[parent];
            i = parent;
        }
        entries[i] = entry;
    }

    public int Pop()
    {
        var code = entries[0].Code;
        var last = entries[--count];
        var i = 0;
        while (true)
        {
            var first = (i << 2) + 1;
            if (first >= count) break;
            var least = first;
            var end = Math.Min(first + 4, count);
            for (var child = first + 1; child < end; child++)
                if (entries[child].Before(entries[least])) least = child;
            if (!entries[least].Before(last)) break;
            entries[i] = entries[least];
            i = least;
        }
        entries[i] = last;
        return code;
    }

    private readonly record struct Entry(long Time, uint Order, int Code)
    {
        // The difference is signed, so that the order survives the counter's wrap after 2^32 pushes.
        public bool Before(in Entry other) => Time < other.Time || (Time == other.Time && (int)(Order - other.Order) < 0);
    }
}
