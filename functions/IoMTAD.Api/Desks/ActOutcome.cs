namespace IoMTAD.Api.Desks;

public enum ActFailure
{
    NotFound,

    /// <summary>It makes no sense as things stand.</summary>
    Refused,

    /// <summary>Somebody else has acted since the caller looked.</summary>
    Stale,
}

/// <summary>What became of an act: its result, or why there is none.</summary>
/// <param name="Reason">For people: what is the matter, and what to do instead.</param>
public sealed record ActOutcome<T>(T? Value, ActFailure? Failure, string? Reason)
    where T : class
{
    public static implicit operator ActOutcome<T>(T value) => new(value, null, null);

    public static ActOutcome<T> NotFound(string what) => new(null, ActFailure.NotFound, $"there is no {what}");

    public static ActOutcome<T> Refused(string why) => new(null, ActFailure.Refused, why);

    public static ActOutcome<T> Stale(int version) =>
        new(null, ActFailure.Stale, $"somebody has acted meanwhile, the version is {version} now: look again, then decide");
}
