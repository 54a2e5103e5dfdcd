using System.Diagnostics.Metrics;
using IoMTAD.Functions.Capture;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Capture;

public sealed class TrafficLagTests
{
    [Fact]
    public void The_last_look_is_a_metric_by_partition_until_it_is_old()
    {
        var time = new MovedClock();
        using var lag = new TrafficLag(time);
        Assert.Empty(Measure(lag));

        lag.Observe([new("t", 0, 42, 0, 50), new("t", 1, null, 5, 12)]);
        Assert.Equal([("0", 8L), ("1", 7L)], Measure(lag));
        time.Now += TrafficLag.Lasts;
        Assert.Equal(2, Measure(lag).Count);
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Empty(Measure(lag));
    }

    /// <summary>As an exporter asks for it: other tests' instances answer too, with nothing or with topics of their own.</summary>
    private static List<(string? Partition, long Records)> Measure(TrafficLag lag)
    {
        List<(string?, long)> measured = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "iomtad.traffic.lag" && ReferenceEquals(instrument.Meter, lag.Meter)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => measured.Add((tags[0].Value as string, value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
