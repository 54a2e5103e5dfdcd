using InfluxDB.Client;
using InfluxDB.Client.Writes;

namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>Writes points at once, and throws where the database did not take them.</summary>
internal sealed class InfluxWriter : IDisposable
{
    private readonly InfluxSettings settings;
    private readonly InfluxDBClient client;
    private readonly WriteApiAsync api;

    public InfluxWriter(InfluxSettings settings)
    {
        this.settings = settings;
        var options = new InfluxDBClientOptions(settings.Url.ToString()) { Timeout = settings.Timeout };
        if (settings.Token is { } token) options.Token = token;
        client = new InfluxDBClient(options);
        api = client.GetWriteApiAsync();
    }

    public Task WriteAsync(List<PointData> points, CancellationToken cancellation) =>
        api.WritePointsAsync(points, settings.Bucket, settings.Organisation, cancellation);

    public void Dispose() => client.Dispose();
}
