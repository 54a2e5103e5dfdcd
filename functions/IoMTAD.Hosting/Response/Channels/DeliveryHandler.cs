using System.Globalization;
using System.Net;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response.Channels;

/// <summary>Makes of all that can become of a request what it means for the delivery: success comes back, everything else is thrown.</summary>
/// <exception cref="DeliveryException">By <see cref="HttpClient.SendAsync(HttpRequestMessage, CancellationToken)"/> of a client that has it.</exception>
public sealed class DeliveryHandler : DelegatingHandler
{
    // Kept for the process: connections are reused, and redirects would carry messages elsewhere.
    private static readonly SocketsHttpHandler Connections = new()
    {
        AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false,
    };

    private readonly TimeProvider time;

    private DeliveryHandler(TimeProvider time)
        : base(Connections) => this.time = time;

    /// <summary>A client to be disposed of, which leaves the connections open; it waits as long as it is not cancelled.</summary>
    public static HttpClient CreateClient(TimeProvider time) =>
        new(new DeliveryHandler(time), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content is { } said ? await TrackedContent.OfAsync(said, cancellationToken) : null;
        request.Content = content;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var words = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw Refusal(response, words, time.GetUtcNow());
        }
        catch (HttpRequestException e)
        {
            throw new DeliveryException(e.InnerException is { } inner ? $"{e.Message} ({inner.Message})" : e.Message, Fault(content));
        }
        catch (OperationCanceledException)
        {
            throw new DeliveryException("the server did not answer in time", Fault(content));
        }
    }

    private static DeliveryFault Fault(TrackedContent? content) => content?.IsHandedOver == true ? DeliveryFault.Unknown : DeliveryFault.Temporary;

    private static DeliveryException Refusal(HttpResponseMessage response, string words, DateTimeOffset now)
    {
        var said = ServerWords.Of(words);
        var text = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {(said.Length > 0 ? said : response.ReasonPhrase)}");
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

    /// <summary>Knows whether any of it was handed over: until then nothing was said, and a break leaves nothing open.</summary>
    private sealed class TrackedContent(byte[] bytes) : ByteArrayContent(bytes)
    {
        public bool IsHandedOver { get; private set; }

        public static async Task<TrackedContent> OfAsync(HttpContent content, CancellationToken cancellation)
        {
            var tracked = new TrackedContent(await content.ReadAsByteArrayAsync(cancellation));
            foreach (var (name, values) in content.Headers) tracked.Headers.TryAddWithoutValidation(name, values);
            return tracked;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            IsHandedOver = true;
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }
    }
}
