using System.Data.Common;
using IoMTAD.Api.Live;
using IoMTAD.Functions.Capture;
using IoMTAD.Functions.Inference;
using IoMTAD.Hosting.Views;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Views;

/// <summary>Keeps this instance up with the record, whichever instance writes to it: what people decided, which model is in use, what the page shows.</summary>
public sealed class RecordFeed(
    EventFeed feed, IEventStore store, IReadModels reads, LiveWard ward, LiveStream stream, ScoringWorker worker, IModelFollower model, LastHeard heard,
    TimeProvider time, ILogger<RecordFeed> log) : BackgroundService
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5), Listening = TimeSpan.FromSeconds(10);

    /// <summary>What is on record is known here.</summary>
    public bool IsReady { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var standing = new StandingFeed(reads, decisions =>
        {
            ward.Decided(decisions);
            worker.Standing = decisions;
        });
        feed.Listen(standing.OnCommittedAsync);
        feed.Listen(ward.OnCommittedAsync);
        feed.Listen(stream.OnCommittedAsync);
        feed.Listen(model.OnCommittedAsync);
        var from = await RestoreAsync(standing, stoppingToken);
        IsReady = true;
        await Task.WhenAll(feed.RunAsync(from, stoppingToken), stream.RunAsync(stoppingToken), ListenAsync(stoppingToken));
    }

    /// <summary>The database may come up later than this instance.</summary>
    private async Task<long> RestoreAsync(StandingFeed standing, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var from = await store.ReadHeadAsync(cancellation) + 1;
                await ward.RestoreAsync(reads, cancellation);
                ward.Heard(await heard.ReadAsync(cancellation));
                await standing.RestoreAsync(cancellation);
                await model.RestoreAsync(reads, cancellation);
                return from;
            }
            catch (Exception e) when (e is DbException or IOException)
            {
                log.LogWarning("The record cannot be read yet: {Message}", e.Message);
                await Task.Delay(AfterFault, time, cancellation);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Listening, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                ward.Heard(await heard.ReadAsync(cancellation));
            }
            catch (DbException e)
            {
                log.LogWarning("When devices were heard last cannot be read: {Message}", e.Message);
            }
        }
    }
}
