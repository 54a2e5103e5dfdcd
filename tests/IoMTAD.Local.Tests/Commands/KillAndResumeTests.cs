using IoMTAD.Local.Commands;
using IoMTAD.Local.Response.Channels;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>The promise that matters most: whatever moment the program is killed at, starting it again loses nothing and repeats nothing.</summary>
[Trait("Category", "Slow")]
public sealed class KillAndResumeTests(SimulatedWard ward) : IDisposable
{
    private const int Kills = 20, FewestKills = 10;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("replay", "--speed", "max")]
    [InlineData("detect")]
    public async Task Killed_twenty_times_a_run_records_and_tells_exactly_what_an_undisturbed_one_does(string command, params string[] options)
    {
        var (undisturbed, disturbed) = (folder.File("undisturbed"), folder.File("disturbed"));
        string[] arguments =
            [command, await ward.AllAttacksAsync(), .. options, "--model", await ward.ModelAsync(), "--inventory", ward.Inventory, "--store"];
        await FinishAsync([.. arguments, undisturbed]);
        var segments = StoredRun.Progress(undisturbed);

        var random = new Random(2024);
        var kills = 0;
        for (var over = false; kills < Kills && !over;)
        {
            // Marks lie in the first half: a busy machine may see the mark late, and the run must not be over by then.
            var reached = StoredRun.Progress(disturbed);
            var mark = reached + random.NextInt64(Math.Max(1, (segments / 2 - reached) / (Kills - kills + 1) * 2));
            using var process = IomtadProcess.Start([.. arguments, disturbed]);
            while (StoredRun.Progress(disturbed) <= mark && !(over = process.HasExited))
                await Task.Delay(TimeSpan.FromMilliseconds(2), TestContext.Current.CancellationToken);
            if (over) continue;
            await process.KillAsync();
            kills++;
        }
        Assert.True(kills >= FewestKills, $"the run was over after {kills} kills");
        await FinishAsync([.. arguments, disturbed]);

        Assert.Equal(segments, StoredRun.Progress(disturbed));
        await AssertSameAsync(undisturbed, disturbed);
    }

    private static async Task FinishAsync(string[] arguments)
    {
        using var process = IomtadProcess.Start(arguments);
        Assert.True(await process.ExitAsync() == ExitCode.Done, process.Error);
    }

    private static async Task AssertSameAsync(string undisturbed, string disturbed)
    {
        var (expected, actual) = (await StoredRun.EventsAsync(undisturbed), await StoredRun.EventsAsync(disturbed));
        Assert.True(expected.Count(e => e.Type == nameof(IncidentOpened)) >= 5, "too little happens in this capture to prove anything");
        Assert.Equal(Identities(expected), Identities(actual));
        Assert.Equal(Delivered(expected), Delivered(actual));
        Assert.Null((await StoredRun.VerifyAsync(disturbed)).Breach);

        Assert.Equal(Requested(expected), Requested(actual));
        Assert.Equal(Requested(actual), Written(undisturbed));
        Assert.Equal(Requested(actual), Written(disturbed));
    }

    private static IEnumerable<(string Stream, string Id, string Type, string Data)> Identities(IEnumerable<StoredEvent> events) =>
        events.Where(e => e.Type is not (nameof(NotificationDelivered) or nameof(NotificationFailed))).Select(e => (e.Stream, e.Id, e.Type, e.Data)).Order();

    /// <summary>How many attempts it took tells of the kills.</summary>
    private static IEnumerable<string> Delivered(IEnumerable<StoredEvent> events) =>
        events.Select(e => e.Event).OfType<NotificationDelivered>().Where(n => n.Channel == "file").Select(n => n.NotificationId).Order();

    private static IEnumerable<string> Requested(IEnumerable<StoredEvent> events) =>
        events.Select(e => e.Event).OfType<NotificationRequested>().Where(n => n.Channel == "file").Select(n => n.NotificationId).Order();

    /// <summary>Whole lines only: a line that a kill cut off told nobody anything, and is written again.</summary>
    private static IEnumerable<string> Written(string folder)
    {
        var file = Path.Combine(folder, FileNotifier.FileName);
        return File.Exists(file)
            ? File.ReadLines(file).Where(line => line.EndsWith('}'))
                .Select(line => ((NotificationRequested)EventTypes.Deserialize(nameof(NotificationRequested), line)!).NotificationId).Order()
            : [];
    }
}
