using System.Diagnostics;
using IoMTAD.Capture;
using IoMTAD.Local.Capture.Kafka;
using IoMTAD.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Capture.Kafka;

/// <summary>Somebody else's client reads what we write, and we read what it writes.</summary>
[Collection(KafkaCollection.Name)]
[Trait("Category", "Slow")]
public sealed class KcatTests(MockBroker broker) : IDisposable
{
    private readonly CancellationTokenSource _limit = Records.Limit();

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task Kcat_reads_key_header_and_bytes_as_we_sent_them()
    {
        var settings = broker.Cluster.NewTopic();
        var sent = Records.Segment(1, bytes: 3000);
        await Records.SendAsync(settings, [sent], _limit.Token);

        var heads = await KcatAsync("-C", "-b", settings.Brokers, "-t", settings.Topic, "-e", "-q", "-f", "%k %h");
        var value = await KcatAsync("-C", "-b", settings.Brokers, "-t", settings.Topic, "-e", "-q", "-D", "", "-f", "%s");

        Assert.Equal($"{sent.Device} content-type=application/vnd.tcpdump.pcap", System.Text.Encoding.UTF8.GetString(heads));
        Assert.Equal(sent.Value.ToArray(), value);
    }

    [Fact]
    public async Task We_read_what_kcat_sent()
    {
        var settings = broker.Cluster.NewTopic();
        using var folder = new TemporaryFolder();
        var sent = Records.Segment(2, bytes: 3000);
        await File.WriteAllBytesAsync(folder.File("segment.pcap"), sent.Value.ToArray(), _limit.Token);
        await KcatAsync("-P", "-b", settings.Brokers, "-t", settings.Topic, "-k", sent.Device, "-H", "content-type=application/vnd.tcpdump.pcap",
            folder.File("segment.pcap"));

        await using var source = new KafkaTrafficSource(settings, NullLogger.Instance);
        var read = Assert.Single(await Records.ReadAsync(source, 1, commit: true, _limit.Token));

        Assert.Equal((sent.Device, SegmentContent.Pcap), (read.Device, read.Content));
        Assert.Equal(sent.Value.ToArray(), read.Value.ToArray());
    }

    private async Task<byte[]> KcatAsync(params string[] arguments)
    {
        Process kcat;
        try
        {
            kcat = Process.Start(new ProcessStartInfo("kcat", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("needs kcat (Debian and Ubuntu: apt-get install kcat)");
            throw;
        }
        using (kcat)
        {
            var output = new MemoryStream();
            await kcat.StandardOutput.BaseStream.CopyToAsync(output, _limit.Token);
            await kcat.WaitForExitAsync(_limit.Token);
            Assert.Equal(0, kcat.ExitCode);
            return output.ToArray();
        }
    }
}
