using System.Diagnostics.Metrics;
using System.Threading.Channels;
using IoMTAD.Capture;
using IoMTAD.Functions.Capture;
using IoMTAD.Recording;
using InfluxDB.Client.Core.Exceptions;
using InfluxDB.Client.Writes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>
/// Writes time series beside the record, in the background. Whoever scores never waits for it and is never failed by it: what the database
/// does not take in time is dropped, the oldest first, and counted.
/// </summary>
/// <param name="settings">Null where there is no database for them.</param>
internal sealed class InfluxTimeSeries : IHostedService, IDisposable
{
    private readonly InfluxSettings? settings;
    private readonly BatchPoints batches;
    private readonly TimeProvider time;
    private readonly ILogger<InfluxTimeSeries> log;
    private readonly Channel<PointData> waiting;
    private readonly CancellationTokenSource over = new();
    private readonly Meter meter = new("IoMTAD.TimeSeries");
    private long written, refused, dropped;
    private bool isOut;
    private Task running = Task.CompletedTask;

    public InfluxTimeSeries(InfluxSettings? settings, DeviceInventory inventory, TimeProvider time, ILogger<InfluxTimeSeries> log)
    {
        (this.settings, this.time, this.log, batches) = (settings, time, log, new BatchPoints(inventory, time));
        meter.CreateObservableCounter("iomtad.timeseries.points", Measure, "{point}", "Points by what became of them");
        waiting = Channel.CreateBounded<PointData>(
            new BoundedChannelOptions(settings?.MostWaiting ?? 1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref dropped));
    }

    public long Written => Interlocked.Read(ref written);

    /// <summary>Points that the database did not accept.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Points that nobody took in time.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>To be told of each batch that was stored.</summary>
    public void Add(PipelineResult result, CommitResult committed, BatchFigures figures)
    {
        if (settings is null) return;
        try
        {
            foreach (var point in batches.Of(result, committed, figures)) waiting.Writer.TryWrite(point);
        }
        catch (Exception e)
        {
            log.LogError(e, "A batch gives no time series");
        }
    }

    /// <summary>To be told of each look at the consumer group.</summary>
    public void Add(IReadOnlyList<GroupOffsets> offsets)
    {
        if (settings is null) return;
        foreach (var point in LagPoints.Of(offsets, time.GetUtcNow())) waiting.Writer.TryWrite(point);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings is not null) running = Task.Run(() => RunAsync(settings), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes what waits, as long as that may take.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        if (settings is not null) over.CancelAfter(settings.LastWords);
        await running.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        over.Dispose();
        meter.Dispose();
    }

    private async Task RunAsync(InfluxSettings options)
    {
        using var client = new InfluxWriter(options);
        List<PointData> points = [];
        // It ends with the last point after the host began to stop, not before.
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            points.Clear();
            while (points.Count < options.MostAtOnce && waiting.Reader.TryRead(out var point)) points.Add(point);
            await WriteAsync(client, points, options);
        }
    }

    private async Task WriteAsync(InfluxWriter client, List<PointData> points, InfluxSettings options)
    {
        for (var wait = options.FirstWait; !over.IsCancellationRequested; wait = wait * 2 < options.LongestWait ? wait * 2 : options.LongestWait)
        {
            try
            {
                await client.WriteAsync(points, over.Token);
                if (isOut) log.LogInformation("Time series are written again");
                isOut = false;
                Interlocked.Add(ref written, points.Count);
                return;
            }
            catch (HttpException e) when (e.Status is 400 or 413 or 422)
            {
                log.LogError("The time series database refused {Count} points: {Message}", points.Count, e.Message);
                Interlocked.Add(ref refused, points.Count);
                return;
            }
            catch (Exception e)
            {
                if (!isOut) log.LogWarning("Time series wait, the database does not take them: {Message}", e.Message);
                isOut = true;
                await Task.Delay(wait, time, over.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        Interlocked.Add(ref dropped, points.Count);
    }

    private Measurement<long>[] Measure() =>
    [
        new(Written, new KeyValuePair<string, object?>("outcome", "written")), new(Refused, new KeyValuePair<string, object?>("outcome", "refused")),
        new(Dropped, new KeyValuePair<string, object?>("outcome", "dropped")),
    ];
}
