using IoMTAD.Api.Live;
using IoMTAD.Functions.Capture;
using IoMTAD.Functions.Recording.TimeSeries;
using IoMTAD.Functions.Response;
using IoMTAD.Hosting.Views;
using Microsoft.Extensions.DependencyInjection;

namespace IoMTAD.Functions;

/// <summary>Who hears of each batch once it is stored. None of them may fail it.</summary>
internal sealed class BatchListeners(IServiceProvider services)
{
    private readonly LiveWard ward = services.GetRequiredService<LiveWard>();
    private readonly EventFeed feed = services.GetRequiredService<EventFeed>();
    private readonly OutboxBell bell = services.GetRequiredService<OutboxBell>();
    private readonly InfluxTimeSeries series = services.GetRequiredService<InfluxTimeSeries>();
    private readonly HostMetrics metrics = services.GetRequiredService<HostMetrics>();

    public void Hear(StoredBatch batch)
    {
        metrics.Count(batch);
        ward.Observe(batch.Result);
        if (batch.Committed.Appended.Count > 0) feed.Wake();
        bell.Hear(batch.Committed);
        series.Add(batch.Result, batch.Committed, new BatchFigures(batch.Took, batch.Gaps, batch.Unreadable));
    }
}
