using System.Net;
using System.Text.Json;
using IoMTAD.Api.Security;

namespace IoMTAD.Local.Tests.Api;

public sealed class AccessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_sits_at_this_machine_needs_no_key()
    {
        await using var host = await TestHost.StartAsync();
        var me = await host.GetAsync("/api/v1/me");
        Assert.Equal(("anna", "Admin", true),
            (me.GetProperty("name").GetString(), me.GetProperty("role").GetString(), me.GetProperty("loopback").GetBoolean()));
    }

    [Fact]
    public async Task A_proxy_at_this_machine_speaks_for_others_and_needs_one()
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/incidents") { Headers = { { "X-Forwarded-For", "192.0.2.1" } } };
        using var response = await host.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Without_a_key_every_route_of_the_document_answers_401_and_nothing_is_recorded()
    {
        await using var host = await TestHost.StartAsync(guarded: true);
        using var answer = await host.SendAsync(HttpMethod.Get, "/openapi/v1.json", role: Role.Viewer);
        var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
        var before = await host.Open.Events.ReadHeadAsync(Cancellation);
        var asked = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
            {
                var method = new HttpMethod(operation.Name.ToUpperInvariant());
                var address = path.Name.Replace("{id}", "i1", StringComparison.Ordinal).Replace("{name}", "file", StringComparison.Ordinal);
                using var response = await host.SendAsync(method, address, method == HttpMethod.Post ? new { } : null);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path.Name} gave {response.StatusCode}");
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
                asked++;
            }
        Assert.True(asked > 20);
        Assert.Equal(before, await host.Open.Events.ReadHeadAsync(Cancellation));
    }

    [Fact]
    public async Task A_viewer_looks_a_responder_acts_and_an_analyst_asks_the_record()
    {
        await using var host = await TestHost.StartAsync(guarded: true);
        await Expect(HttpStatusCode.OK, HttpMethod.Get, "/api/v1/incidents", null, Role.Viewer);
        await Expect(HttpStatusCode.Forbidden, HttpMethod.Post, "/api/v1/incidents/i1/acknowledge", new { }, Role.Viewer);
        await Expect(HttpStatusCode.OK, HttpMethod.Post, "/api/v1/incidents/i1/acknowledge", new { }, Role.Responder);
        await Expect(HttpStatusCode.Forbidden, HttpMethod.Get, "/api/v1/events", null, Role.Responder);
        await Expect(HttpStatusCode.OK, HttpMethod.Get, "/api/v1/events", null, Role.Analyst);
        await Expect(HttpStatusCode.Forbidden, HttpMethod.Post, "/api/v1/incidents/i1/learn", new { }, Role.Responder);
        await Expect(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/suppressions", new { kind = "Mute", deviceId = "pump-01", minutes = 5 }, Role.Responder);
        await Expect(HttpStatusCode.Forbidden, HttpMethod.Post, "/api/v1/suppressions",
            new { kind = "Maintenance", ward = "icu-1", minutes = 5 }, Role.Responder);

        async Task Expect(HttpStatusCode status, HttpMethod method, string path, object? body, Role role)
        {
            using var response = await host.SendAsync(method, path, body, role: role);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task An_act_bears_the_name_of_the_keys_owner()
    {
        await using var host = await TestHost.StartAsync(guarded: true);
        var (_, incident) = await host.PostAsync("/api/v1/incidents/i1/acknowledge", new { }, role: Role.Responder);
        Assert.Equal("responder", incident.GetProperty("acknowledgedBy").GetString());
    }

    [Fact]
    public async Task A_wrong_key_is_no_key()
    {
        await using var host = await TestHost.StartAsync(guarded: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/incidents") { Headers = { { "Authorization", "Bearer iomtad_0000" } } };
        using var response = await host.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", "application/json", HttpStatusCode.Forbidden)]
    [InlineData("null", "application/json", HttpStatusCode.Forbidden)]
    [InlineData(null, "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_page_of_another_site_cannot_act(string? origin, string contentType, HttpStatusCode status)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/incidents/i1/acknowledge")
        {
            Content = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue(contentType)),
        };
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await host.Client.SendAsync(request, Cancellation);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Whoever_asks_too_often_is_told_to_wait()
    {
        await using var host = await TestHost.StartAsync(requestsPerSecond: 2);
        HttpResponseMessage response;
        var asked = 0;
        do
        {
            response = await host.SendAsync(HttpMethod.Get, "/api/v1/me");
            asked++;
        }
        while (response.IsSuccessStatusCode && asked < 1000);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.InRange(asked, 8, 100);
    }

    [Fact]
    public void A_key_is_found_by_its_digest_and_kept_nowhere()
    {
        var (key, keys) = ApiKeys.None.Add("anna", Role.Analyst);
        var read = ApiKeys.Parse(keys.Write());
        Assert.Equal(("anna", Role.Analyst), (read.Find(key)!.Name, read.Find(key)!.Role));
        Assert.DoesNotContain(key, keys.Write(), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => read.Add("anna", Role.Viewer));
        Assert.Null(read.Remove("anna")!.Find(key));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""[{"name":"a","role":"Viewer"}]""")]
    [InlineData("""[{"name":"a","role":"King","sha256":"00"}]""")]
    public void Damaged_accounts_are_refused(string json) => Assert.Throws<FormatException>(() => ApiKeys.Parse(json));
}
