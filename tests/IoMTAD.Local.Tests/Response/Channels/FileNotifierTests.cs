using IoMTAD.Capture;
using IoMTAD.Local.Response.Channels;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Response.Channels;

public sealed class FileNotifierTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string FilePath => folder.File(FileNotifier.FileName);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_notification_is_one_line_and_a_repeat_writes_none_even_after_a_restart()
    {
        var first = new FileNotifier(FilePath);
        await first.NotifyAsync(Notification("n1"), TestContext.Current.CancellationToken);
        await first.NotifyAsync(Notification("n1"), TestContext.Current.CancellationToken);
        await new FileNotifier(FilePath).NotifyAsync(Notification("n1"), TestContext.Current.CancellationToken);
        await new FileNotifier(FilePath).NotifyAsync(Notification("n2"), TestContext.Current.CancellationToken);

        Assert.Equal(2, (await File.ReadAllLinesAsync(FilePath, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_line_cut_off_by_a_crash_does_not_swallow_the_next()
    {
        await File.WriteAllTextAsync(FilePath, "{\"notificationId\":\"n1\",\"inci", TestContext.Current.CancellationToken);
        await new FileNotifier(FilePath).NotifyAsync(Notification("n1"), TestContext.Current.CancellationToken);

        var lines = await File.ReadAllLinesAsync(FilePath, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("{\"notificationId\":\"n1\",\"incidentId\":\"i\"", lines[1], StringComparison.Ordinal);
    }

    private static NotificationRequested Notification(string id) =>
        new(id, "i", "file", Severity.High, new InventoryDevice("02:00:00:00:00:01", "pump-01", "infusion-pump", "icu-1"), "text");
}
