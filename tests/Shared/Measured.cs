using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace IoMTAD.Tests;

/// <summary>What instruments of these names measured while it lives, in the whole process: tests beside this one may measure too.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> values = [];

    public Measured()
    {
        listener.InstrumentPublished = (instrument, of) =>
        {
            if (instrument.Meter.Name.StartsWith("IoMTAD", StringComparison.Ordinal)) of.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
    }

    public IReadOnlyList<double> Of(string instrument, string tags = "") =>
        [.. values.Where(v => v.Instrument == instrument && v.Tags == tags).Select(v => v.Value)];

    public void Dispose() => listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        values.Enqueue((instrument.Name, value, string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
}
