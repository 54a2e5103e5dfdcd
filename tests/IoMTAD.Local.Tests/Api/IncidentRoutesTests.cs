using System.Net;
using System.Text.Json;
using IoMTAD.Local.Tests.Views;

namespace IoMTAD.Local.Tests.Api;

public sealed class IncidentRoutesTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_incident_shows_why_its_timeline_and_its_version_as_ETag()
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/api/v1/incidents/i1");
        Assert.Equal("\"2\"", response.Headers.ETag?.Tag);

        var detail = await host.GetAsync("/api/v1/incidents/i1");
        Assert.Equal(("i1", "High", 2),
            (Text(detail, "incident", "id"), Text(detail, "incident", "severity"), detail.GetProperty("incident").GetProperty("version").GetInt32()));
        Assert.Equal(["IncidentOpened", "AnomalyObserved"], detail.GetProperty("timeline").EnumerateArray().Select(e => e.GetProperty("type").GetString()));
        Assert.Equal(9, detail.GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task An_incident_that_is_not_there_is_a_problem_in_words()
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/api/v1/incidents/none");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Acknowledging_says_who_looks_and_a_second_time_makes_no_sense()
    {
        var (status, incident) = await host.PostAsync("/api/v1/incidents/i1/acknowledge", new { });
        Assert.Equal((HttpStatusCode.OK, "anna"), (status, incident.GetProperty("acknowledgedBy").GetString()));

        var (again, problem) = await host.PostAsync("/api/v1/incidents/i1/acknowledge", new { });
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Contains("anna", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_on_a_version_that_is_gone_is_refused_and_nothing_is_recorded()
    {
        await host.PostAsync("/api/v1/incidents/i1/notes", new { text = "first" });
        var (status, _) = await host.PostAsync("/api/v1/incidents/i1/close", new { disposition = "FalseAlarm" }, ifMatch: "\"2\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, status);

        var (now, closed) = await host.PostAsync("/api/v1/incidents/i1/close", new { disposition = "FalseAlarm" }, ifMatch: "\"3\"");
        Assert.Equal((HttpStatusCode.OK, "FalseAlarm", "anna"), (now, Text(closed, "disposition"), Text(closed, "closedBy")));
    }

    [Fact]
    public async Task A_note_is_shown_and_its_text_stands_in_no_event()
    {
        await host.PostAsync("/api/v1/incidents/i1/notes", new { text = "Mrs Smith's pump was being serviced" });
        var timeline = (await host.GetAsync("/api/v1/incidents/i1")).GetProperty("timeline").EnumerateArray().ToList();
        Assert.Equal("Mrs Smith's pump was being serviced", Text(timeline[^1], "note"));

        var events = await host.Open.Events.ReadAllAsync(0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(events, e => e.Data.Contains("Smith", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closed_incident_goes_on_as_a_new_one_that_names_the_old()
    {
        await host.PostAsync("/api/v1/incidents/i1/close", new { disposition = "Maintenance", note = "planned" });
        var (status, reopened) = await host.PostAsync("/api/v1/incidents/i1/reopen", new { note = "not planned after all" });

        Assert.Equal((HttpStatusCode.Created, "i1"), (status, Text(reopened, "previousId")));
        var old = (await host.GetAsync("/api/v1/incidents/i1")).GetProperty("incident");
        Assert.Equal((Text(reopened, "id"), "Maintenance"), (Text(old, "reopenedAs"), Text(old, "disposition")));
        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync("/api/v1/incidents/i1/reopen", new { })).Status);
    }

    [Fact]
    public async Task Acts_on_whatever_is_there_pass_over_traffic_that_comes_between()
    {
        var acts = Enumerable.Range(0, 20).Select(i => host.PostAsync("/api/v1/incidents/i1/notes", new { text = $"note {i}" }));
        var results = await Task.WhenAll(acts);
        var done = results.Count(r => r.Status == HttpStatusCode.OK);
        Assert.All(results, r => Assert.Contains(r.Status, new[] { HttpStatusCode.OK, HttpStatusCode.PreconditionFailed }));
        Assert.Equal(done, (await host.GetAsync("/api/v1/incidents/i1")).GetProperty("incident").GetProperty("notes").GetInt32());
    }

    [Fact]
    public async Task The_list_is_filtered_and_paged()
    {
        for (var i = 2; i <= 5; i++) await host.CommitAsync(Story.Incident(i));
        await host.PostAsync("/api/v1/incidents/i3/close", new { disposition = "TrueAttack" });

        var first = await host.GetAsync("/api/v1/incidents?open=true&limit=3");
        var second = await host.GetAsync($"/api/v1/incidents?open=true&limit=3&after={Uri.EscapeDataString(Text(first, "next")!)}");
        Assert.Equal(["i5", "i4", "i2", "i1"], Ids(first).Concat(Ids(second)));
        Assert.Equal(["i3"], Ids(await host.GetAsync("/api/v1/incidents?disposition=TrueAttack")));
        Assert.Empty(Ids(await host.GetAsync("/api/v1/incidents?ward=elsewhere")));
    }

    [Theory]
    [InlineData("/api/v1/incidents?after=nonsense")]
    [InlineData("/api/v1/incidents?severity=Awful")]
    [InlineData("/api/v1/incidents?limit=0")]
    [InlineData("/api/v1/incidents?limit=100000")]
    [InlineData("/api/v1/incidents?from=yesterday")]
    [InlineData("/api/v1/events?after=%00")]
    public async Task What_cannot_be_meant_is_a_bad_request_that_says_so(string path)
    {
        using var response = await host.SendAsync(HttpMethod.Get, path);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    private static IEnumerable<string?> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString());

    private static string? Text(JsonElement element, params string[] path) => path.Aggregate(element, (e, name) => e.GetProperty(name)).GetString();
}
