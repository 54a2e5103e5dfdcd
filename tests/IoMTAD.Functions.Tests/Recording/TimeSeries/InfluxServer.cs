using IoMTAD.Functions.Recording.TimeSeries;
using IoMTAD.Tests.Response;
using Microsoft.AspNetCore.Http;

namespace IoMTAD.Functions.Tests.Recording.TimeSeries;

/// <summary>An InfluxDB 1 of a test's own. It has <c>/write</c> only, not the host's <c>/api/v2/write</c>: a forwarder stands before it.</summary>
internal sealed class InfluxServer : IAsyncDisposable
{
    public const string Database = "iomtad";

    private static readonly HttpClient Http = new();

    private readonly DatabaseProcess process;
    private readonly HttpReceiver forwarder;

    private InfluxServer(DatabaseProcess process, HttpReceiver forwarder, Uri url) => (this.process, this.forwarder, Url) = (process, forwarder, url);

    /// <summary>Where it answers queries.</summary>
    public Uri Url { get; }

    /// <summary>By which the host writes to it.</summary>
    public InfluxSettings Settings => new(new Uri(forwarder.Url.GetLeftPart(UriPartial.Authority)), null, "iomtad", Database);

    public static async Task<InfluxServer> StartAsync()
    {
        var (database, line) = await DatabaseProcess.StartAsync("influxd", "influxdb", folder => ["-config", Configuration(folder.Path)], "Listening on HTTP");
        var url = new Uri($"http://{line.Split("addr=")[1].Split(' ')[0]}");
        await QueryAsync(url, $"CREATE DATABASE {Database}");
        var writes = await HttpReceiver.StartAsync();
        writes.Answer = context => ForwardAsync(context, writes.Received.Last().Body, url);
        return new InfluxServer(database, writes, url);
    }

    public static async Task<string> QueryAsync(Uri url, string query)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["q"] = query });
        using var answer = await Http.PostAsync(new Uri(url, $"/query?db={Database}"), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await forwarder.DisposeAsync();
        await process.DisposeAsync();
    }

    private static string Configuration(string folder)
    {
        var file = Path.Combine(folder, "influx.conf");
        File.WriteAllText(file, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:0"
            [meta]
              dir = "{folder}/meta"
            [data]
              dir = "{folder}/data"
              wal-dir = "{folder}/wal"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:0"
            """);
        return file;
    }

    private static async Task ForwardAsync(HttpContext context, string lines, Uri url)
    {
        Assert.Equal("/api/v2/write", context.Request.Path);
        using var content = new StringContent(lines);
        var asked = context.Request.Query;
        var address = new Uri(url, $"/write?db={asked["bucket"]}&precision={asked["precision"]}");
        using var answer = await Http.PostAsync(address, content, TestContext.Current.CancellationToken);
        context.Response.StatusCode = (int)answer.StatusCode;
        if (!answer.IsSuccessStatusCode) await context.Response.WriteAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
