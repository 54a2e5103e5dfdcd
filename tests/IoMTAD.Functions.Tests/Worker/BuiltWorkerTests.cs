using System.Net;
using System.Text;
using System.Text.Json;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Worker;

/// <summary>The built program, as a host starts it, over a real database.</summary>
public sealed class BuiltWorkerTests(PostgresServer server) : IAsyncLifetime
{
    /// <summary>Milliseconds: what never comes fails the test, and does not hold it up for ever.</summary>
    private const int Patience = 120_000;

    private WorkerHost host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await WorkerHost.StartAsync(Settings(await server.RecordAsync()), Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }

    [Fact(Timeout = Patience)]
    [Trait("Category", "Slow")]
    public async Task It_tells_its_functions_and_serves_the_page_the_api_and_the_probes_to_whom_it_may()
    {
        foreach (var name in (string[])["Http", "AuditOffsets", "OutboxCalled", "OutboxDue", "TrainModels", "TrainModelsSchedule", "WatchDrift"])
            Assert.Contains(name, host.Functions.Keys);

        Assert.Equal("ok", await TextAsync("/healthz"));
        Assert.Contains("<title>", await TextAsync("/"), StringComparison.Ordinal);
        await UntilReadyAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/api/v1/overview")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/api/v1/overview", Person("nobody@hospital.example"))).StatusCode);
        using var overview = JsonDocument.Parse(await TextAsync("/api/v1/overview", Person("anna@hospital.example", "Viewer")));
        Assert.True(overview.RootElement.TryGetProperty("open", out _), overview.RootElement.ToString());
        using var me = JsonDocument.Parse(await TextAsync("/api/v1/me", Person("anna@hospital.example", "Viewer", "Analyst")));
        Assert.Contains("Analyst", me.RootElement.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/api/v1/incidents/none", Person("anna@hospital.example", "Viewer"))).StatusCode);
        using var open = JsonDocument.Parse(await TextAsync("/openapi/v1.json", Person("anna@hospital.example", "Viewer")));
        Assert.True(open.RootElement.GetProperty("paths").TryGetProperty("/api/v1/training", out _));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task It_delivers_what_is_due_when_the_timer_calls()
    {
        var due = await host.CallAsync("OutboxDue", "1", Cancellation, WorkerHost.Input("timer", """{"IsPastDue":false}"""));
        Assert.True(due.Result.Status == StatusResult.Types.Status.Success, $"{due.Result}\n{host.Said}");
    }

    [Fact(Timeout = Patience)]
    [Trait("Category", "Slow")]
    public async Task A_collector_is_sent_its_figures()
    {
        await using var collector = await HttpReceiver.StartAsync();
        await using var told = await WorkerHost.StartAsync(new Dictionary<string, string?>(Settings(await server.RecordAsync()))
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url.GetLeftPart(UriPartial.Authority), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        }, Cancellation);
        await told.CallAsync("OutboxDue", "1", Cancellation, WorkerHost.Input("timer", """{"IsPastDue":false}"""));
        while (!collector.Received.Any(r => r.Body.Contains("iomtad.notifications", StringComparison.Ordinal))) await Task.Delay(100, Cancellation);
    }

    private async Task UntilReadyAsync()
    {
        // The worker asks its database by itself; how long that takes is nobody's promise.
        while ((await GetAsync("/readyz")).StatusCode != HttpStatusCode.OK) await Task.Delay(100, Cancellation);
    }

    private async Task<string> TextAsync(string path, string? principal = null)
    {
        using var response = await GetAsync(path, principal);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}\n{host.Said}");
        return text;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? principal = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (principal is not null) request.Headers.Add("X-MS-CLIENT-PRINCIPAL", principal);
        return await host.SendAsync(request, Cancellation);
    }

    internal static string Person(string name, params string[] roles)
    {
        object[] claims = [new { typ = "preferred_username", val = name }, .. roles.Select(r => new { typ = "roles", val = r })];
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { auth_typ = "aad", role_typ = "roles", claims })));
    }

    internal static Dictionary<string, string?> Settings(PostgresDatabase database) => new()
    {
        ["ConnectionStrings__Record"] = database.ConnectionString(PostgresDatabase.RuntimeRole),
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["WEBSITE_AUTH_ENABLED"] = "True",
        ["Kafka__Brokers"] = "127.0.0.1:1",
        ["DOTNET_ENVIRONMENT"] = "Production",
    };
}
