using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Tests.Response;

/// <param name="Headers">By their names in lower case.</param>
internal sealed record ReceivedPost(IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A service on this machine that answers as it is told, and keeps what it accepted.</summary>
internal sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication application;

    private HttpReceiver(WebApplication application) => this.application = application;

    public ConcurrentQueue<ReceivedPost> Received { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = Accept;

    public Uri Url => new($"{application.Urls.First()}/services/T0/B0/secret");

    public static async Task<HttpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new HttpReceiver(builder.Build());
        receiver.application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            receiver.Received.Enqueue(new(context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), body));
            await receiver.Answer(context);
        });
        await receiver.application.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public static Task Accept(HttpContext context) => context.Response.WriteAsync("ok");

    /// <summary>An answer of this status, body and one header.</summary>
    public static Func<HttpContext, Task> Refuse(int status, string body = "", string? header = null, string? value = null) => context =>
    {
        context.Response.StatusCode = status;
        if (header is not null) context.Response.Headers[header] = value;
        return context.Response.WriteAsync(body);
    };

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
