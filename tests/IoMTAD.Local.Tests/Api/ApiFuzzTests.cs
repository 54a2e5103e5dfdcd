using System.Globalization;
using System.Net;
using System.Text.Json;
using IoMTAD.Api.Security;
using IoMTAD.Local.Tests.Views;

namespace IoMTAD.Local.Tests.Api;

/// <summary>Requests made from the API's own document, right and wrong in every part. Seeded: a failure names the request that did it.</summary>
/// <remarks><c>IOMTAD_FUZZ_SECONDS</c> makes it run longer; five minutes were run by hand.</remarks>
[Trait("Category", "Slow")]
public sealed class ApiFuzzTests
{
    private const int Seed = 20260131, AtOnce = 8, RequestsWithoutTime = 3000;
    private const string Canary = "this file is no business of the API";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_is_a_surprise_writes_without_a_key_or_reads_beyond_the_store()
    {
        await using var host = await TestHost.StartAsync(guarded: true, requestsPerSecond: 1_000_000);
        for (var i = 2; i < 20; i++) await host.CommitAsync(Story.Incident(i, "nowhere"));
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "secret.txt"), Canary, Cancellation);
        using var described = await host.SendAsync(HttpMethod.Get, "/openapi/v1.json", role: Role.Admin);
        using var document = JsonDocument.Parse(await described.Content.ReadAsStringAsync(Cancellation));
        var seconds = int.Parse(Environment.GetEnvironmentVariable("IOMTAD_FUZZ_SECONDS") ?? "0", CultureInfo.InvariantCulture);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Max(1, seconds)));
        var requests = 0;

        // Those without a key first, so that whatever they recorded would stand out.
        var before = await host.Open.Events.ReadHeadAsync(Cancellation);
        await RunAsync(keyed: false, RequestsWithoutTime / 3);
        Assert.Equal(before, await host.Open.Events.ReadHeadAsync(Cancellation));
        await RunAsync(keyed: true, RequestsWithoutTime);

        Assert.True(requests >= RequestsWithoutTime);
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests} requests");

        Task RunAsync(bool keyed, int least) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(worker => Task.Run(async () =>
        {
            var fuzz = new RequestFuzz(document.RootElement, new Random(Seed + worker + (keyed ? 100 : 0)));
            for (var i = 0; i < least / AtOnce + 1 || (keyed && !time.IsCancellationRequested); i++)
            {
                await AskAsync(fuzz.Next(keyed ? host.Keys : null));
                Interlocked.Increment(ref requests);
            }
        }, Cancellation)));

        async Task AskAsync(FuzzedRequest asked)
        {
            using var request = asked.ToMessage();
            using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} for {asked}");
            if (!asked.IsKeyed && asked.Path.StartsWith("/api/", StringComparison.Ordinal))
                Assert.True(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.NotFound
                    or HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest, $"{(int)response.StatusCode} without a key for {asked}");
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream") return;
            var body = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.DoesNotContain(Canary, body, StringComparison.Ordinal);
            Assert.DoesNotContain("root:x:0", body, StringComparison.Ordinal);
        }
    }
}
