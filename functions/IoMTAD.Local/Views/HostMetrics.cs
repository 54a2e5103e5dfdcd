using System.Diagnostics.Metrics;
using IoMTAD.Api.Desks;
using IoMTAD.Api.Live;
using IoMTAD.Policy;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace IoMTAD.Local.Views;

/// <summary>The host in figures, for OpenTelemetry: scraped at <c>/metrics</c>, and sent by OTLP where
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector.</summary>
internal sealed class HostMetrics : IDisposable
{
    public const string MeterName = "IoMTAD";

    private readonly Meter meter = new(MeterName);

    private HostMetrics(PageSources sources, TimeProvider time)
    {
        var ward = sources.Ward;
        meter.CreateObservableCounter("iomtad.traffic.packets", () => ward.Snapshot().Packets, "{packet}", "Packets since the watch began");
        meter.CreateObservableCounter("iomtad.traffic.segments", () => ward.Snapshot().Scores?.Segments ?? 0,
            "{segment}", "Segments scored since the watch began");
        meter.CreateObservableCounter("iomtad.traffic.segments.strange", () => ward.Snapshot().Scores?.Strange ?? 0, "{segment}", "Of those, the strange ones");
        meter.CreateObservableCounter("iomtad.traffic.gaps", () => ward.Snapshot().Gaps, "{record}", "Records of the traffic that were skipped");
        meter.CreateObservableGauge("iomtad.traffic.delay", () => Lag(ward.Snapshot(), time), "s", "How far the processed traffic is behind the clock");
        meter.CreateObservableGauge("iomtad.score", () => Scores(ward.Snapshot()), null, "Scores by percentile since the watch began");
        meter.CreateObservableGauge("iomtad.score.threshold", () => ward.Snapshot().Threshold, null, "Above it a segment is strange");
        meter.CreateObservableGauge("iomtad.devices", () => Devices(ward.Snapshot()), "{device}", "Devices by state");
        meter.CreateObservableGauge("iomtad.incidents.open", () => Open(ward.Snapshot()), "{incident}", "Open incidents by severity");
        meter.CreateObservableGauge("iomtad.notifications", () => Notifications(sources.Notifications),
            "{notification}", "Messages that wait, and those given up");
    }

    public static void AddTo(IServiceCollection services, PageSources sources)
    {
        services.AddSingleton(provider => new HostMetrics(sources, provider.GetRequiredService<TimeProvider>()));
        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(MeterName).AddMeter("System.Runtime", "Microsoft.AspNetCore.Hosting").AddPrometheusExporter();
            if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 }) metrics.AddOtlpExporter();
        });
    }

    public void Dispose() => meter.Dispose();

    /// <summary>A replayed or simulated ward has a clock of its own, far from this one: it has no lag.</summary>
    private static IEnumerable<Measurement<double>> Lag(WardSnapshot ward, TimeProvider time) =>
        ward.Clock is { } clock && time.GetUtcNow() - clock is var lag && lag.Duration() <= PolicyOptions.Default.LongestPause ? [new(lag.TotalSeconds)] : [];

    private static IEnumerable<Measurement<double>> Scores(WardSnapshot ward) =>
        ward.Scores?.Percentiles.Select(p => new Measurement<double>(p.Value, new KeyValuePair<string, object?>("percentile", p.Key))) ?? [];

    private static IEnumerable<Measurement<int>> Devices(WardSnapshot ward) => ward.Devices.CountBy(d => d.State)
        .Select(s => new Measurement<int>(s.Value, new KeyValuePair<string, object?>("state", s.Key.ToString().ToLowerInvariant())));

    private static IEnumerable<Measurement<int>> Open(WardSnapshot ward) =>
        ward.Open.Select(s => new Measurement<int>(s.Value, new KeyValuePair<string, object?>("severity", s.Key.ToString().ToLowerInvariant())));

    private static IEnumerable<Measurement<int>> Notifications(INotificationDesk outbox)
    {
        // Instruments are read synchronously; so is the file behind this port.
        var figures = outbox.CountAsync().GetAwaiter().GetResult();
        return
        [
            new(figures.Waiting, new KeyValuePair<string, object?>("state", "waiting")),
            new(figures.Failed, new KeyValuePair<string, object?>("state", "failed")),
        ];
    }
}
