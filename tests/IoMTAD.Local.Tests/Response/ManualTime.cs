namespace IoMTAD.Local.Tests.Response;

/// <summary>A clock that stands still until a test moves it; timers that are due fire then, in their order.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private readonly SemaphoreSlim armed = new(0);
    private DateTimeOffset now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody waits for this clock, and moves it to the moment that they wait for.</summary>
    /// <returns>How far it was moved.</returns>
    public async Task<TimeSpan> PassAsync(CancellationToken cancellation)
    {
        await armed.WaitAsync(cancellation);
        Timer next;
        TimeSpan passed;
        lock (gate)
        {
            next = timers.MinBy(t => t.Due)!;
            timers.Remove(next);
            passed = next.Due - now;
            now = next.Due;
        }
        next.Fire();
        next.Again();
        return passed;
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan every = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();

        /// <summary>One that is periodic is armed for its next turn.</summary>
        public void Again()
        {
            if (every > TimeSpan.Zero) Change(every, every);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                every = period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time.now + dueTime;
                time.timers.Add(this);
            }
            time.armed.Release();
            return true;
        }

        public void Dispose()
        {
            lock (time.gate) if (time.timers.Remove(this)) time.armed.Wait(0);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
