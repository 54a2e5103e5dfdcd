using System.Globalization;
using System.Text.Json;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>Exports are read by what others would read them with: their specifications.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private ForensicStore store = null!;

    public async ValueTask InitializeAsync() => store = await ForensicStore.MakeAsync();

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Cef_reads_back_with_an_independent_reader()
    {
        await Iomtad.SucceedAsync("events", "query", "--by", "a=b\\c", "--store", store.Folder);
        var events = await StoredRun.EventsAsync(store.Folder);
        var lines = (await ExportAsync("cef")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(CefLine.Parse).ToList();

        Assert.Equal(events.Select(e => e.Id), lines.Select(l => l.Extension["externalId"]));
        Assert.Equal(events.Select(e => e.Type), lines.Select(l => l.Header[4]));
        Assert.All(lines, line =>
        {
            Assert.Equal(["0", "IoMTAD", "IoMTAD"], line.Header[..3]);
            Assert.InRange(int.Parse(line.Header[6], CultureInfo.InvariantCulture), 0, 10);
            Assert.All(line.Extension.Keys.Where(k => k.EndsWith("Label", StringComparison.Ordinal)), k => Assert.Contains(k[..^5], line.Extension.Keys));
        });
        var seen = lines.First(l => l.Header[4] == nameof(AnomalyObserved)).Extension;
        Assert.Equal("packets = 90 | normally\\usually 5", seen["msg"]);
        Assert.Equal(("pump-01", "02:00:00:00:00:01", "TrueAttack", "T0846"), (seen["shost"], seen["smac"], seen["outcome"], seen["cs4"]));
        Assert.Equal(events.First(e => e.Type == nameof(AnomalyObserved)).OccurredAt.ToUnixTimeMilliseconds(),
            long.Parse(seen["rt"], CultureInfo.InvariantCulture));
        Assert.Equal("a=b\\c", lines[^1].Extension["suser"]);
        Assert.Equal("8", lines.First(l => l.Header[4] == nameof(IncidentOpened)).Header[6]);
    }

    [Fact]
    public async Task Stix_keeps_the_rules_of_its_specification_and_comes_out_the_same_twice()
    {
        var first = await ExportAsync("stix");
        StixRules.Check(JsonDocument.Parse(first).RootElement);
        Assert.Equal(first, await ExportAsync("stix"));

        var objects = JsonDocument.Parse(first).RootElement.GetProperty("objects").EnumerateArray().ToList();
        var types = objects.CountBy(o => o.GetProperty("type").GetString()!).ToDictionary();
        Assert.Equal((3, 2, 2, 1, 1), (types["observed-data"], types["sighting"], types["attack-pattern"], types["opinion"], types["note"]));
        Assert.Equal("strongly-agree", objects.Single(o => o.GetProperty("type").GetString() == "opinion").GetProperty("opinion").GetString());
        // Reckoned by another program, from the rule of section 2.9.
        var ids = objects.Select(o => o.GetProperty("id").GetString()!).ToList();
        Assert.Contains("ipv4-addr--fa32103b-4f54-55f5-9649-a135ed962131", ids);
        Assert.Contains("mac-addr--1d55d8d3-7648-50a8-8131-c528c4edecaa", ids);
    }

    [Fact]
    public async Task Stix_holds_only_the_incidents_that_were_asked_for()
    {
        var objects = JsonDocument.Parse(await ExportAsync("stix", "--disposition", "TrueAttack")).RootElement;
        StixRules.Check(objects);
        Assert.Single(objects.GetProperty("objects").EnumerateArray(), o => o.GetProperty("type").GetString() == "observed-data");
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("cef")]
    [InlineData("stix")]
    public async Task No_export_holds_what_people_wrote(string format) =>
        Assert.DoesNotContain("Doe", await ExportAsync(format), StringComparison.Ordinal);

    private async Task<string> ExportAsync(string format, params string[] options)
    {
        var file = store.File($"{format} {Guid.NewGuid():N}");
        await Iomtad.SucceedAsync(["events", "export", "--format", format, "--out", file, "--store", store.Folder, .. options]);
        return await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
    }
}
