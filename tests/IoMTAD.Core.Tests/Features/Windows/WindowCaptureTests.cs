using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Features;

/// <summary>Real captures, cut into segments and windows: what the windows say adds up to what the decoder says of the frames.</summary>
public sealed class WindowCaptureTests
{
    [Fact]
    public void Windows_of_real_captures_add_up_to_their_packets()
    {
        foreach (var capture in Directory.GetFiles(SharedData.Require("pcaps")))
        {
            var counted = new Dictionary<WindowColumn, double>();
            var (decoded, segments) = Decode(capture, counted);
            var (packets, windowed) = (0, new Dictionary<WindowColumn, double>());
            var (reader, batch) = (new SegmentReader(WindowSchema.Schema), new SequenceBatch(64));
            foreach (var segment in segments)
            {
                batch.Clear();
                var left = reader.Read(segment, batch).Frames;
                packets += left;
                for (var step = 0; step < batch.Lengths[0]; step++, left -= WindowExtractor.WindowLength)
                    Sum(batch.Step(0, step), Math.Min(left, WindowExtractor.WindowLength), counted.Keys, windowed);
            }
            Assert.Equal(decoded, packets);
            foreach (var (column, count) in counted) Assert.True(Math.Abs(count - windowed[column]) < 1e-3, $"{capture}: {column}");
        }
    }

    private static void Sum(ReadOnlySpan<float> window, int packets, IEnumerable<WindowColumn> columns, Dictionary<WindowColumn, double> sums)
    {
        foreach (var value in window) Assert.True(float.IsFinite(value));
        foreach (var column in columns) sums[column] = sums.GetValueOrDefault(column) + window[(int)column] * packets;
    }

    private static (int Frames, List<Segment> Segments) Decode(string capture, Dictionary<WindowColumn, double> counts)
    {
        var (reader, packet, frames) = (new CaptureReader(), new Packet(), 0);
        var (segmenter, segments) = (new Segmenter(DeviceInventory.Empty, "test"), new List<Segment>());
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(capture);
        while (reader.TryRead(ref bytes, isFinal: true, out var frame))
        {
            frames++;
            Count(WindowColumn.UndecodableShare, PacketDecoder.Decode(frame, ref packet).IsFailure);
            Count(WindowColumn.TcpShare, packet.Transport == TransportProtocol.Tcp);
            Count(WindowColumn.UdpShare, packet.Transport == TransportProtocol.Udp);
            Count(WindowColumn.IcmpShare, packet.Transport is TransportProtocol.Icmp or TransportProtocol.IcmpV6);
            Count(WindowColumn.ArpRequestShare, packet.ArpOperation == 1);
            Count(WindowColumn.DnsShare, packet.Application == ApplicationProtocol.Dns);
            Count(WindowColumn.SynShare, (packet.TcpFlags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn);
            segmenter.Add(frame);
            while (segmenter.TryTake(out var segment)) segments.Add(segment);
        }
        segmenter.Flush();
        while (segmenter.TryTake(out var segment)) segments.Add(segment);
        return (frames, segments);

        void Count(WindowColumn column, bool counts1) => counts[column] = counts.GetValueOrDefault(column) + (counts1 ? 1 : 0);
    }
}
