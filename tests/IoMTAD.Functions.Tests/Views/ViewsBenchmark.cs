using System.Diagnostics;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Functions.Views;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Views;

namespace IoMTAD.Functions.Tests.Views;

/// <summary>What the views cost an append, and how soon questions are answered. Run as <see cref="AppendBenchmark"/>.</summary>
public sealed class ViewsBenchmark(PostgresServer server)
{
    private const int PerCommit = 1000;

    private static readonly (string Name, EventQuery Query)[] Questions =
    [
        ("newest events", new() { Descending = true }),
        ("of a class, newest first", new() { Class = "SYN flood", Descending = true }),
        ("of an incident", new() { IncidentId = "i7" }),
        ("highest scores of a ward", new() { Ward = Story.Pump.Ward, Sort = EventSort.Score, Descending = true }),
        ("of a feature", new() { Feature = "syn", Descending = true }),
        ("of a feature that none has", new() { Feature = "nothing" }),
        ("of a disposition that none has", new() { Disposition = Disposition.TrueAttack }),
        ("severe, by score", new() { Severity = Severity.High, MinScore = 500, Sort = EventSort.Score }),
    ];

    /// <summary>Commits take turns between the stores, so that whatever else the machine does slows all of them.</summary>
    [Theory(Explicit = true)]
    [InlineData(20, 60)]
    [InlineData(200, 60)]
    [InlineData(2000, 20)]
    public async Task What_views_cost(int fill, int commits)
    {
        PostgresDatabase[] databases = [await server.RecordAsync(), await server.RecordAsync()];
        MartenRecord[] records = [new(databases[0].Open()), new(databases[1].Open(), null, new RecordViews())];
        string[] names = ["without views", "with views"];
        var times = records.Select(_ => new List<double>()).ToArray();
        foreach (var record in records) await record.Store.CommitAsync(AppendBenchmark.Opened());
        for (var i = 0; i < fill + commits; i++)
        {
            for (var r = 0; r < records.Length; r++)
            {
                var clock = Stopwatch.StartNew();
                await records[r].Store.CommitAsync(AppendBenchmark.Batch(i, PerCommit));
                if (i >= fill) times[r].Add(clock.Elapsed.TotalMilliseconds);
            }
        }
        for (var r = 0; r < records.Length; r++)
            AppendBenchmark.Print(
                $"{names[r]}: commit of {PerCommit}, median {times[r].Order().ElementAt(commits / 2):N1} ms, shortest {times[r].Min():N1} ms");

        // As the database does by itself within minutes.
        await databases[1].ExecuteAsync("ANALYZE");
        var views = new RecordViews();
        var read = new RecordReadModels(records[1].Source, records[1].Store, views);
        foreach (var (name, query) in Questions)
        {
            var spent = Enumerable.Range(0, 5).Select(async _ =>
            {
                var clock = Stopwatch.StartNew();
                await read.EventsAsync(query);
                return clock.Elapsed.TotalMilliseconds;
            });
            List<double> all = [];
            foreach (var one in spent) all.Add(await one);
            AppendBenchmark.Print($"{name}: {all.Order().ElementAt(2):N1} ms");
        }
        var rebuilding = Stopwatch.StartNew();
        var folded = await views.RebuildAsync(records[1].Store);
        AppendBenchmark.Print($"rebuilt: {folded / rebuilding.Elapsed.TotalSeconds:N0} events/s");
        foreach (var record in records) await record.DisposeAsync();
    }
}
