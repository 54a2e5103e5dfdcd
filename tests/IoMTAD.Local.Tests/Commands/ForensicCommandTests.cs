using System.Diagnostics;
using System.Text.Json;
using IoMTAD.Capture;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Records;
using IoMTAD.Recording;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>What an analyst does with a record: query, take evidence out, verify, erase, hold, let expire.</summary>
public sealed class ForensicCommandTests : IAsyncLifetime
{
    private ForensicStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await ForensicStore.MakeAsync();

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("--incident scan --type AnomalyObserved", 6)]
    [InlineData("--device pump-01 --type DeviceDiscovered", 1)]
    [InlineData("--kind Silence", 1)]
    [InlineData("--disposition TrueAttack", 9)]
    [InlineData("--feature packet_rate --min-score 5 --max-score 7", 3)]
    [InlineData("--class|port scan|--since 2026-01-31T12:00:01 --until 2026-01-31T12:00:03", 2)]
    [InlineData("--ward icu-9", 0)]
    public async Task A_query_finds_what_its_options_ask_for(string options, int count)
    {
        var words = options.Split('|').SelectMany((part, i) => i == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var found = await Iomtad.SucceedAsync(["events", "query", "--store", store.Folder, "--format", "jsonl", .. words]);
        Assert.Equal(count, found.OutputLines.Length);
    }

    [Fact]
    public async Task Pages_follow_each_other_by_the_place_that_the_one_before_named()
    {
        List<double> scores = [];
        string[] after = [];
        for (var page = 0; page < 3; page++)
        {
            var found = await Iomtad.SucceedAsync(["events", "query", "--store", store.Folder, "--type", "AnomalyObserved", "--sort", "Score", "--descending",
                "--limit", "3", "--format", "jsonl", .. after]);
            scores.AddRange(found.OutputLines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("score").GetDouble()));
            if (page < 2) after = ["--after", Assert.Single(found.ErrorLines).Split("--after ")[1]];
            else Assert.Empty(found.ErrorLines);
        }
        Assert.Equal([53, 8, 7, 6, 5, 4, 3], scores);
    }

    [Fact]
    public async Task A_made_up_place_is_a_fault_and_no_query()
    {
        var result = await Iomtad.RunAsync("events", "query", "--after", "' OR 1=1 --", "--store", store.Folder);
        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Contains("begin again", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_is_quoted_and_holds_no_formula()
    {
        var found = await Iomtad.SucceedAsync("events", "query", "--incident", "scan", "--format", "csv", "--store", store.Folder);
        var lines = found.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.EndsWith("}\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_record_is_shown_as_it_stood_when_it_was_recorded_up_to_then()
    {
        var before = await IncidentsAsync("--as-of", "2026-01-31T12:30");
        var between = await IncidentsAsync("--as-of", "2026-01-31T13:30");
        var now = await IncidentsAsync();

        Assert.Equal(("scan", 0, false), (Assert.Single(before).Id, before[0].Notes, before[0].Closed));
        Assert.Equal((1, false), (Assert.Single(between).Notes, between[0].Closed));
        Assert.Equal(3, now.Count);
        Assert.True(now.Single(i => i.Id == "scan").Closed);
        Assert.Equal(8, (await Iomtad.SucceedAsync(
            "events", "query", "--as-of", "2026-01-31T12:30", "--format", "jsonl", "--store", store.Folder)).OutputLines.Length);
        Assert.Empty((await Iomtad.SucceedAsync("events", "query", "--disposition", "TrueAttack", "--as-of", "2026-01-31T13:30",
            "--format", "jsonl", "--store", store.Folder)).OutputLines);
    }

    [Theory]
    [InlineData("--open", 2)]
    [InlineData("--severity Critical", 0)]
    [InlineData("--disposition TrueAttack", 1)]
    [InlineData("--kind Silence --device pump-01 --ward icu-1", 1)]
    [InlineData("--since 2026-02-01", 0)]
    public async Task Incidents_are_listed_by_what_is_known_of_them(string options, int count) =>
        Assert.Equal(count, (await IncidentsAsync(options.Split(' '))).Count);

    [Fact]
    public async Task Evidence_comes_as_one_capture_in_the_order_of_time()
    {
        var file = store.File("out.pcap");
        var shown = await Iomtad.SucceedAsync("incidents", "show", "scan", "--pcap", file, "--store", store.Folder);
        Assert.Contains("24 frames of 6 segment(s)", shown.Error, StringComparison.Ordinal);

        var times = Times(await File.ReadAllBytesAsync(file, Cancellation));
        Assert.Equal(ForensicStore.FramesPerSegment * ForensicStore.Segments, times.Count);
        Assert.Equal(times.Order(), times);
        Assert.Equal(ExitCode.WrongUse, (await Iomtad.RunAsync("incidents", "show", "scan", "--pcap", file, "--store", store.Folder)).ExitCode);
        await Iomtad.SucceedAsync("incidents", "show", "scan", "--pcap", file, "--force", "--store", store.Folder);
        Assert.Equal(["evidence", "evidence"], (await EventsAsync()).Select(e => e.Event).OfType<RecordAccessed>().Select(a => a.Action));
        if (Capinfos(file) is { } told) Assert.Contains("24", told, StringComparison.Ordinal);
        else Assert.Skip("capinfos is not installed");
    }

    [Theory]
    [InlineData("rows", "rows of a dataset")]
    [InlineData("quiet", "no frames")]
    public async Task An_incident_without_frames_says_so_and_writes_nothing(string id, string told)
    {
        var result = await Iomtad.RunAsync("incidents", "show", id, "--pcap", store.File("out.pcap"), "--store", store.Folder);
        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        Assert.Contains(told, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(store.Folder)!, "out.pcap*"));
    }

    [Fact]
    public async Task Reading_is_on_record_with_who_and_what()
    {
        await Iomtad.SucceedAsync("events", "query", "--device", "pump-01", "--by", "ann", "--store", store.Folder);
        await Iomtad.SucceedAsync("events", "export", "--out", store.File("x"), "--by", "ben", "--store", store.Folder);
        await Iomtad.SucceedAsync("events", "verify", "--by", "cid", "--store", store.Folder);
        var events = await EventsAsync();
        RecordAccessed[] asked =
        [
            new("query", "ann", "--device pump-01", 13), new("export", "ben", "", 14), new("verify", "cid", "holds", 15),
        ];
        Assert.Equal(asked, events.Select(e => e.Event).OfType<RecordAccessed>());
        Assert.All(events.Where(e => e.Event is RecordAccessed), e => Assert.StartsWith("access-20", e.Stream, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_erased_text_is_nowhere_in_the_file_and_the_chain_still_holds()
    {
        Assert.True(await InFilesAsync(ForensicStore.Secret));
        await Iomtad.SucceedAsync("events", "erase", store.Digest, "--reason", "asked for", "--by", "dpo", "--store", store.Folder);

        Assert.False(await InFilesAsync(ForensicStore.Secret));
        Assert.False(await InFilesAsync("0102030405060708090a0b0c0d0e0f10"));
        Assert.Contains("1 removed on record: the chain holds",
            (await Iomtad.SucceedAsync("events", "verify", "--store", store.Folder)).Output, StringComparison.Ordinal);
        Assert.Contains(new TextErased(store.Digest, "scan", "dpo", "asked for"), (await EventsAsync()).Select(e => e.Event));
        var again = await Iomtad.RunAsync("events", "erase", "--incident", "scan", "--reason", "asked for", "--store", store.Folder);
        Assert.Equal(ExitCode.FaultInInput, again.ExitCode);
    }

    [Fact]
    public async Task What_is_held_neither_expires_nor_is_erased()
    {
        await Iomtad.SucceedAsync("incidents", "hold", "scan", "--reason", "case 12", "--store", store.Folder);
        Assert.Equal(ExitCode.FaultInInput, (await Iomtad.RunAsync("incidents", "hold", "scan", "--reason", "r", "--store", store.Folder)).ExitCode);
        Assert.Equal(ExitCode.FaultInInput, (await Iomtad.RunAsync("events", "erase", store.Digest, "--reason", "r", "--store", store.Folder)).ExitCode);
        Assert.Equal((0, 1), await ExpireAsync());

        await Iomtad.SucceedAsync("incidents", "release", "scan", "--reason", "settled", "--store", store.Folder);
        Assert.Equal((6, 0), await ExpireAsync("--dry-run"));
        Assert.Equal((6, 0), await ExpireAsync());
        Assert.Equal((0, 0), await ExpireAsync());
        Assert.Contains("7 removed on record: the chain holds",
            (await Iomtad.SucceedAsync("events", "verify", "--store", store.Folder)).Output, StringComparison.Ordinal);
        var late = await Iomtad.RunAsync("incidents", "show", "scan", "--pcap", store.File("late.pcap"), "--store", store.Folder);
        Assert.Equal(ExitCode.FaultInInput, late.ExitCode);
    }

    [Fact]
    public async Task Evidence_that_an_open_incident_needs_too_stays_and_expired_evidence_does_not_come_back()
    {
        await using (var database = SqliteDatabase.Open(store.Folder))
        {
            var events = new SqliteEventStore(database, TimeProvider.System);
            var first = (await events.ReadStreamAsync("incident-scan", 1, Cancellation).ToListAsync(Cancellation))
                .Select(e => e.Event).OfType<AnomalyObserved>().First();
            var opened = new IncidentOpened("other", Story.Pump, IncidentKind.Behaviour, default, "", null);
            await events.CommitAsync(ForensicStore.Act("other", "opened", opened), Cancellation);
            await events.CommitAsync(ForensicStore.Act("other", "seen", first with { IncidentId = "other" }), Cancellation);
        }
        Assert.Equal((5, 0), await ExpireAsync());
        await using (var database = SqliteDatabase.Open(store.Folder))
        {
            var events = new SqliteEventStore(database, TimeProvider.System);
            Assert.NotNull(await events.ReadEvidenceAsync(new("t", 0, 0), Cancellation));
            var segment = new Segment("d", SegmentContent.Pcap, new("t", 0, 3), new byte[] { 1 });
            await events.CommitAsync(new Commit([]) { Evidence = [Evidence.Of(segment)] }, Cancellation);
            Assert.Null(await events.ReadEvidenceAsync(new("t", 0, 3), Cancellation));
        }
        await Iomtad.SucceedAsync("events", "verify", "--store", store.Folder);
    }

    [Fact]
    public async Task Anchors_are_lines_that_each_have_to_fit()
    {
        var file = store.File("anchors");
        await Iomtad.SucceedAsync("events", "anchor", "--out", file, "--store", store.Folder);
        await Iomtad.SucceedAsync("events", "query", "--store", store.Folder);
        await Iomtad.SucceedAsync("events", "anchor", "--out", file, "--store", store.Folder);
        Assert.Contains("2 anchors: the chain holds",
            (await Iomtad.SucceedAsync("events", "verify", "--anchor", file, "--store", store.Folder)).Output, StringComparison.Ordinal);

        var lines = await File.ReadAllLinesAsync(file, Cancellation);
        await File.WriteAllLinesAsync(file, [lines[0].Replace(lines[0].Split(' ')[2][..4], "0000", StringComparison.Ordinal), lines[1]], Cancellation);
        var broken = await Iomtad.RunAsync("events", "verify", "--anchor", file, "--store", store.Folder);
        Assert.Equal(ExitCode.FaultInInput, broken.ExitCode);
        Assert.Contains("anchor", broken.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "nonsense\n", Cancellation);
        Assert.Contains("line 1", (await Iomtad.RunAsync("events", "verify", "--anchor", file, "--store", store.Folder)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events erase --reason r", "--incident")]
    [InlineData("events erase abc", "--reason")]
    [InlineData("events retention", "--evidence-days")]
    [InlineData("events retention --evidence-days -1", "--evidence-days")]
    [InlineData("events query --since soon", "2026-01-31")]
    [InlineData("events export --format word", "word")]
    [InlineData("incidents hold scan", "--reason")]
    public async Task Wrong_use_says_what_would_be_right(string line, string hint)
    {
        var result = await Iomtad.RunAsync([.. line.Split(' '), "--store", store.Folder]);
        Assert.Equal(ExitCode.WrongUse, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }

    private async Task<List<(string Id, int Notes, bool Closed)>> IncidentsAsync(params string[] options) =>
    [
        .. (await Iomtad.SucceedAsync(["incidents", "list", "--json", "--store", store.Folder, .. options])).OutputLines
            .Select(l => JsonDocument.Parse(l).RootElement)
            .Select(i => (i.GetProperty("id").GetString()!, i.GetProperty("notes").GetInt32(),
                i.GetProperty("closedAt").ValueKind != JsonValueKind.Null)),
    ];

    private async Task<(int Segments, int Held)> ExpireAsync(params string[] options)
    {
        var result = await Iomtad.SucceedAsync(
            ["events", "retention", "--evidence-days", "0", "--texts-days", "0", "--json", "--store", store.Folder, .. options]);
        var told = JsonDocument.Parse(Assert.Single(result.OutputLines)).RootElement;
        return (told.GetProperty("segments").GetInt32(), told.GetProperty("held").GetInt32());
    }

    private Task<List<StoredEvent>> EventsAsync() => StoredRun.EventsAsync(store.Folder);

    private async Task<bool> InFilesAsync(string text)
    {
        foreach (var file in Directory.GetFiles(store.Folder))
            if ((await File.ReadAllBytesAsync(file, Cancellation)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0) return true;
        return false;
    }

    private static List<long> Times(byte[] pcap)
    {
        List<long> times = [];
        var reader = new CaptureReader();
        ReadOnlySpan<byte> rest = pcap;
        while (reader.TryRead(ref rest, isFinal: true, out var frame)) times.Add(frame.TimestampNanoseconds);
        Assert.Equal(0, reader.FailureCount);
        return times;
    }

    /// <returns>The number of packets as capinfos counts them; null where it is not installed.</returns>
    private static string? Capinfos(string file)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("capinfos", ["-M", "-c", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            return process.StandardOutput.ReadToEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
