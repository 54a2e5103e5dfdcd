using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response.Channels;

/// <summary>Sends a request and makes of what comes back what it means for the delivery.</summary>
internal static class HttpDelivery
{
    private const int LongestWords = 300;

    // Kept for the process: connections are reused, and redirects would carry messages elsewhere.
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="json">UTF-8.</param>
    /// <returns>Null, or whom it did not reach.</returns>
    /// <exception cref="DeliveryException">Not delivered.</exception>
    public static async Task<string?> SendAsync(
        Uri url, byte[] json, IReadOnlyDictionary<string, string> headers, TimeProvider time, CancellationToken cancellation)
    {
        using var content = new TrackedContent(json);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        try
        {
            using var response = await Client.SendAsync(request, cancellation);
            var words = await response.Content.ReadAsStringAsync(cancellation);
            if (response.IsSuccessStatusCode) return Recipients(words);
            throw Refusal(response, words, time.GetUtcNow());
        }
        catch (HttpRequestException e)
        {
            throw new DeliveryException(e.InnerException is { } inner ? $"{e.Message} ({inner.Message})" : e.Message, content.Fault);
        }
        catch (OperationCanceledException)
        {
            throw new DeliveryException("the server did not answer in time", content.Fault);
        }
    }

    private static DeliveryException Refusal(HttpResponseMessage response, string words, DateTimeOffset now)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {(words.Length > 0 ? Shortened(words) : response.ReasonPhrase)}");
        var fault = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => DeliveryFault.Temporary,
            _ => DeliveryFault.Permanent,
        };
        return new DeliveryException(text, fault, RetryAt(response, now)) { IsRateLimit = response.StatusCode == HttpStatusCode.TooManyRequests };
    }

    /// <summary>RFC 9110, 10.2.3; where it is missing, the time at which the receiver's limit begins anew, in seconds since the Unix epoch.</summary>
    private static DateTimeOffset? RetryAt(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => now + delta,
        { Date: { } date } => date,
        _ => response.Headers.TryGetValues("X-RateLimit-Reset", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < int.MaxValue * 2L
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null,
    };

    /// <summary>Some services accept a message and say for each recipient what became of it (<c>value[].successful</c>).</summary>
    private static string? Recipients(string body)
    {
        if (!body.StartsWith('{')) return null;
        List<(string Words, int Status)> refused;
        int all;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (!json.RootElement.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Array) return null;
            var items = value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).ToList();
            all = items.Count;
            refused = [.. items.Where(i => i.TryGetProperty("successful", out var s) && s.ValueKind == JsonValueKind.False).Select(Refused)];
        }
        catch (JsonException)
        {
            return null;
        }
        if (refused.Count == 0) return null;
        var text = $"not to {string.Join("; not to ", refused.Select(r => r.Words))}";
        if (refused.Count < all) return text;
        throw new DeliveryException(text, refused.All(r => r.Status is >= 400 and < 500 and not 429) ? DeliveryFault.Permanent : DeliveryFault.Temporary);
    }

    private static (string Words, int Status) Refused(JsonElement item)
    {
        var status = item.TryGetProperty("httpStatusCode", out var code) && code.TryGetInt32(out var number) ? number : 0;
        var to = item.TryGetProperty("to", out var name) ? name.ToString() : "a recipient";
        var error = item.TryGetProperty("errorMessage", out var message) ? message.ToString() : "";
        return (Shortened(string.Create(CultureInfo.InvariantCulture, $"{to}: {status} {error}")), status);
    }

    private static string Shortened(string words)
    {
        var line = words.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestWords ? line : $"{line[..LongestWords]}…";
    }

    /// <summary>Knows whether any of it was handed over: until then nothing was said, and a break leaves nothing open.</summary>
    private sealed class TrackedContent : ByteArrayContent
    {
        public TrackedContent(byte[] json)
            : base(json) => Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");

        public DeliveryFault Fault { get; private set; } = DeliveryFault.Temporary;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            Fault = DeliveryFault.Unknown;
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }
    }
}
