using System.Net;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Local.Tests.Api;

public sealed class SuppressionRoutesTests : IAsyncLifetime
{
    private const string Path = "/api/v1/suppressions";

    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_mute_shows_on_the_device_until_it_is_revoked()
    {
        var (status, mute) = await host.PostAsync(Path, new { kind = "Mute", deviceId = "pump-01", minutes = 60 });
        Assert.Equal((HttpStatusCode.Created, true, "anna"), (status, mute.GetProperty("active").GetBoolean(), mute.GetProperty("by").GetString()));
        Assert.Single((await host.GetAsync(Path)).EnumerateArray());

        var id = mute.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync($"{Path}/{id}/revoke", new { })).Status);
        Assert.Empty((await host.GetAsync(Path)).EnumerateArray());
        Assert.Equal("anna", Assert.Single((await host.GetAsync($"{Path}?all=true")).EnumerateArray()).GetProperty("revokedBy").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync($"{Path}/{id}/revoke", new { })).Status);
    }

    [Fact]
    public async Task Nothing_is_silenced_for_good_for_nobody_or_for_everything()
    {
        await Refused(HttpStatusCode.Conflict, new { kind = "Mute", deviceId = "pump-01", minutes = 8 * 1440 });
        await Refused(HttpStatusCode.NotFound, new { kind = "Mute", deviceId = "nobody", minutes = 60 });
        await Refused(HttpStatusCode.Conflict, new { kind = "Maintenance", minutes = 60 });
        await Refused(HttpStatusCode.Conflict, new { kind = "Maintenance", deviceId = "pump-01", ward = "icu-1", minutes = 60 });
        await Refused(HttpStatusCode.Conflict, new { kind = "AllowRule", minutes = 60, rule = new { deviceId = "pump-01" } });
        await Refused(HttpStatusCode.Conflict, new { kind = "AllowRule", minutes = 100 * 1440, rule = new { @class = "port scan" } });
        await Refused(HttpStatusCode.BadRequest, new { kind = "LearnedBehaviour", deviceId = "pump-01", minutes = 60 });
        await Refused(HttpStatusCode.BadRequest, new { kind = "Mute", deviceId = "pump-01", minutes = -1 });

        async Task Refused(HttpStatusCode status, object asked) => Assert.Equal(status, (await host.PostAsync(Path, asked)).Status);
    }

    [Fact]
    public async Task A_preview_says_what_a_rule_would_have_silenced_and_which_were_attacks()
    {
        for (var i = 2; i <= 4; i++) await host.CommitAsync(Scan(i, "port scan"));
        await host.CommitAsync(Scan(5, "SYN flood"));
        await host.PostAsync("/api/v1/incidents/i3/close", new { disposition = "TrueAttack" });

        var (_, preview) = await host.PostAsync($"{Path}/preview", new { rule = new { @class = "port scan" } });

        Assert.Equal((3, 5), (preview.GetProperty("incidents").GetInt32(), preview.GetProperty("of").GetInt32()));
        Assert.Equal("i3", Assert.Single(preview.GetProperty("closedAsAttack").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Learning_from_an_incident_without_evidence_is_refused_in_words()
    {
        var (status, problem) = await host.PostAsync("/api/v1/incidents/i1/learn", new { });
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("evidence", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static Commit Scan(int number, string name)
    {
        var (id, at) = ($"i{number}", Story.Noon.AddSeconds(number));
        return new Commit([new StreamAppend(Incident.StreamOf(id), null,
        [
            new($"{id} opened", new IncidentOpened(id, Story.Pump, IncidentKind.Behaviour, IoMTAD.Policy.Severity.High, "strange", null), at),
            new($"{id} observed", new AnomalyObserved(
                id, 9, 2, 1e-4, "m@1", "window-v1", new SuspectedClass(name, null, null), [], "strange", new("t", 0, number), 3), at),
        ])]);
    }
}
