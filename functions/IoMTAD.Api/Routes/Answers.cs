using IoMTAD.Api.Desks;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IoMTAD.Api.Routes;

/// <summary>How outcomes look over HTTP.</summary>
internal static class Answers
{
    /// <summary>Most rows of one page.</summary>
    public const int MostRows = 1000;

    public static IResult Of<T>(ActOutcome<T> outcome, Func<T, IResult> done)
        where T : class =>
        outcome.Value is { } value ? done(value) : Problem(outcome.Failure switch
        {
            ActFailure.NotFound => StatusCodes.Status404NotFound,
            ActFailure.Stale => StatusCodes.Status412PreconditionFailed,
            _ => StatusCodes.Status409Conflict,
        }, outcome.Reason!);

    public static IResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, $"there is no {what}");

    public static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);

    /// <summary>A query string may name a member by number: one that is none is refused.</summary>
    /// <exception cref="FormatException">It stands for nothing.</exception>
    public static T? Known<T>(T? value)
        where T : struct, Enum => value is not { } given || Enum.IsDefined(given) ? value
        : throw new FormatException($"{typeof(T).Name}: one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <returns>Null where the caller takes any version.</returns>
    /// <exception cref="FormatException">It is no version.</exception>
    public static int? VersionOf(HttpRequest request)
    {
        var text = request.Headers.IfMatch.ToString();
        if (text is "" or "*") return null;
        return EntityTagHeaderValue.TryParse(text, out var tag) && int.TryParse(tag.Tag.AsSpan().Trim('"'), out var version)
            ? version : throw new FormatException("If-Match: give the ETag of the incident as you saw it, or leave it out");
    }

    public static void Tag(HttpResponse response, int version) => response.Headers.ETag = FormattableString.Invariant($"\"{version}\"");

    /// <exception cref="FormatException">Outside 1 to <see cref="MostRows"/>.</exception>
    public static int Limit(int? asked, int usual) => asked is null ? usual
        : asked is >= 1 and <= MostRows ? asked.Value : throw new FormatException($"limit: 1 to {MostRows} rows");
}
