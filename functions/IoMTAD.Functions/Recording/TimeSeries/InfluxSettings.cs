using IoMTAD.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>Where time series go: InfluxDB 2 or 3, or whatever takes <c>/api/v2/write</c>.</summary>
/// <param name="Token">Null where it asks for none.</param>
internal sealed record InfluxSettings(Uri Url, string? Token, string Organisation, string Bucket)
{
    /// <summary>Points that wait; beyond that the oldest are dropped. Some minutes of a busy ward.</summary>
    public int MostWaiting { get; init; } = 100_000;

    public int MostAtOnce { get; init; } = 5_000;

    /// <summary>An attempt that takes longer has failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long what waits may take when the host stops.</summary>
    public TimeSpan LastWords { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Of the section <c>Influx</c>: <c>Url</c>, <c>Token</c>, <c>Org</c>, <c>Bucket</c>.</summary>
    /// <returns>Null where it names no address.</returns>
    /// <exception cref="SettingsException">The address is none.</exception>
    public static InfluxSettings? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Influx");
        if (section["Url"] is not { Length: > 0 } text) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new SettingsException("Influx:Url is no address of the web: give for example http://influx.internal:8181");
        return new InfluxSettings(url, section["Token"] is { Length: > 0 } token ? token : null, section["Org"] ?? "iomtad", section["Bucket"] ?? "iomtad");
    }
}
