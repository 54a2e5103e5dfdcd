using IoMTAD.Api.Desks;
using IoMTAD.Core.Tests;
using IoMTAD.Functions.Tests.Capture;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Tests;

namespace IoMTAD.Functions.Tests;

public sealed class HostMetricsTests
{
    [Fact]
    public async Task A_stored_batch_is_counted()
    {
        using var metrics = new HostMetrics();
        using var measured = new Measured();
        await using var store = new TestStore();
        using var intake = new Intake(store.Events);
        var story = new PipelineStory().Talks(1, 0).Talks(1, 1).Talks(1, 2, strange: true);
        await intake.TakeInAsync(story.Segments.Select(Intake.Record).Concat([Intake.Record(7, story.Segments.Select(Intake.Record).First().Message)]),
            TestContext.Current.CancellationToken);

        foreach (var batch in intake.Stored) metrics.Count(batch);
        metrics.Count(new NotificationFigures(3, 2));

        Assert.Contains(12, measured.Of("iomtad.traffic.packets"));
        Assert.Contains(4, measured.Of("iomtad.traffic.segments"));
        Assert.Contains(4, measured.Of("iomtad.traffic.gaps"));
        Assert.Contains(measured.Of("iomtad.traffic.segments.strange"), strange => strange >= 1);
        Assert.Contains(measured.Of("iomtad.events"), events => events >= 1);
        Assert.Contains(measured.Of("iomtad.batch.duration"), seconds => seconds > 0);
        Assert.Contains(3, measured.Of("iomtad.notifications", "state=waiting"));
        Assert.Contains(2, measured.Of("iomtad.notifications", "state=failed"));
    }
}
