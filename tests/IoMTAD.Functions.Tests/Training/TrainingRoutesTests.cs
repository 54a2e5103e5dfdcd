using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IoMTAD.Api;
using IoMTAD.Api.Security;
using IoMTAD.Functions.Training;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Tests.Training;

public sealed class TrainingRoutesTests
{
    private const string Start = "api/v1/training", Approval = "api/v1/training/approval";

    private static readonly TrainingDesk Desk = new(new TrainingSettings("ward", "data/ward", TimeSpan.FromHours(1), null));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_starts_training_looks_and_approves()
    {
        await using var durable = await DurableHost.StartAsync(new ScriptedSteps().Register);
        await using var api = await HostAsync(durable.Client, ApiKeys.None);
        using var http = new HttpClient { BaseAddress = new Uri(api.Urls.First()) };
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(Start, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(http, Approval, new { granted = true })).StatusCode);
        var started = await PostAsync(http, Start, new { });
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var second = await PostAsync(http, Start, new { });
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var answer = await second.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("started by alex", answer.GetProperty("state").GetProperty("cause").GetString());

        await durable.Client.ProposedAsync(Desk);
        var state = await http.GetFromJsonAsync<JsonElement>(Start, Cancellation);
        Assert.Equal("Approval", state.GetProperty("status").GetProperty("step").GetString());
        Assert.Equal("ward@1", state.GetProperty("status").GetProperty("proposed").GetProperty("version").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(http, Approval, new { granted = true, version = "ward@2" })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(http, Approval, new { granted = true, version = "ward@1" })).StatusCode);
        await durable.EndAsync("training-ward");
        var outcome = (await http.GetFromJsonAsync<JsonElement>(Start, Cancellation)).GetProperty("outcome");
        Assert.Equal("promoted, approved by alex", outcome.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Analyst)]
    public async Task Others_may_only_look(Role role)
    {
        await using var durable = await DurableHost.StartAsync(new ScriptedSteps().Register);
        var (key, keys) = ApiKeys.None.Add("sam", role);
        await using var api = await HostAsync(durable.Client, keys);
        using var http = new HttpClient { BaseAddress = new Uri(api.Urls.First()), DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(http, Start, new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(http, Approval, new { granted = true })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(Start, Cancellation)).StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string path, object body) => http.PostAsJsonAsync(path, body, Cancellation);

    private static async Task<WebApplication> HostAsync(DurableTaskClient client, ApiKeys keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddIomtadApi(new AccessOptions(keys, TrustsLoopback: true, "alex"));
        builder.Services.AddSingleton(Desk);
        var application = builder.Build();
        application.Use((context, next) =>
        {
            context.Features.Set(client);
            return next(context);
        });
        application.UseIomtadApi();
        TrainingRoutes.Map(application.MapGroup("/api/v1").RequireAuthorization(nameof(Role.Viewer)));
        await application.StartAsync(Cancellation);
        return application;
    }
}
