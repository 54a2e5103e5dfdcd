using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IoMTAD.Recording;

/// <summary>Closes one commit: the chain of seals runs over all streams, so that an event that is gone shows, and a stream that is gone too.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="First">Position of the commit's first event; one more than <paramref name="Last"/> where it holds evidence alone.</param>
/// <param name="RecordedAt">Of all its events; null for a first seal that was set over a record from before there were seals.</param>
/// <param name="Evidence">What <see cref="Recording.Evidence.Seal"/> gives of each segment kept in the commit.</param>
/// <param name="Hash">See <see cref="SealBuilder"/>.</param>
public sealed record Seal(long Number, long First, long Last, DateTimeOffset? RecordedAt, IReadOnlyList<string> Evidence, string Hash)
{
    /// <summary>The predecessor of the first seal.</summary>
    public const string Genesis = "";

    /// <summary>Before there were seals, positions had gaps.</summary>
    public bool IsOverOlderRecord => RecordedAt is null;
}

/// <summary>Hashes what a seal covers: SHA-256 over the seal before, and position, time of recording and hash of each event.</summary>
public sealed class SealBuilder : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public SealBuilder(string previous, long number) => Append($"{previous}\n{number}\n");

    /// <summary>In the order of their positions.</summary>
    public void Add(StoredEvent @event) => Append($"{@event.Position} {@event.RecordedAt.UtcTicks} {@event.Hash}\n");

    /// <returns>64 hexadecimal digits.</returns>
    public string Finish(long first, long last, DateTimeOffset? recordedAt, IEnumerable<string> evidence)
    {
        Append($"{first}\n{last}\n{recordedAt?.UtcTicks}\n{string.Join('\n', evidence)}");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    private void Append(FormattableString text) => hash.AppendData(Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>A seal as it is noted elsewhere: whoever holds it can tell that the record up to it is still the same.</summary>
public sealed record Anchor(long Number, long Last, string Hash, DateTimeOffset At)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Last} {Hash} {At.UtcDateTime:O}");

    /// <exception cref="FormatException">It is not such a line.</exception>
    public static Anchor Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, var last, { Length: 64 } hash, var at]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new Anchor(n, position, hash, time)
            : throw new FormatException("an anchor is a seal's number, its last position, its hash and a time, with blanks between");
}
