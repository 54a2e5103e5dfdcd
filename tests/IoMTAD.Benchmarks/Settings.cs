namespace IoMTAD.Benchmarks;

/// <summary>How long to measure: a quick run shows that everything works, a full one gives figures to keep.</summary>
internal sealed record Settings(bool Quick)
{
    public int Repetitions => Quick ? 3 : 9;
    public TimeSpan Repetition => TimeSpan.FromMilliseconds(Quick ? 40 : 300);

    /// <summary>Tiered compilation needs some thousand calls, and a while in the background, before the code is what it stays.</summary>
    public TimeSpan WarmUp => TimeSpan.FromMilliseconds(Quick ? 250 : 1000);

    public int Packets => Quick ? 100_000 : 400_000;
    public TimeSpan Learning => TimeSpan.FromMinutes(Quick ? 10 : 30);
    public int Epochs => Quick ? 3 : 10;
}
