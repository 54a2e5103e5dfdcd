namespace IoMTAD.Tests.Response;

/// <summary>A clock that stands at noon until a test moves it; its timers are not moved.</summary>
internal sealed class MovedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Sample.Now;

    public override DateTimeOffset GetUtcNow() => Now;
}
