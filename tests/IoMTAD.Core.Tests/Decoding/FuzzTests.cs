using IoMTAD.Capture;
using IoMTAD.Core.Tests.Capture;
using IoMTAD.Decoding;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Decoding;

/// <summary>Seeded mutations of captures through reader, decoder and segmenter: frames, packets, failures, and nothing else.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20_240_501;

    [Fact]
    public void Two_hundred_thousand_mutations_of_our_own_captures_are_decoded_or_refused() =>
        Fuzz(SampleCaptures.Files, 200_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_million_mutations_of_real_captures_are_decoded_or_refused() =>
        Fuzz(Directory.GetFiles(SharedData.Require("pcaps")).Order(StringComparer.Ordinal), 1_000_000);

    private static void Fuzz(IEnumerable<string> captures, int mutations)
    {
        var pieces = captures.SelectMany(Pieces).ToArray();
        Assert.NotEmpty(pieces);
        var random = new Random(Seed);
        var decoded = 0L;
        var failed = 0L;
        var segmenter = new Segmenter(DeviceInventory.Empty, "fuzz");
        var buffer = new byte[pieces.Max(p => p.Length) + 64];
        for (var i = 0; i < mutations; i++)
        {
            var length = Mutate(random, pieces[random.Next(pieces.Length)], buffer);
            try
            {
                ReadAll(random, buffer.AsSpan(0, length), segmenter, ref decoded, ref failed);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"mutation {i}: {Convert.ToHexString(buffer.AsSpan(0, length))}\n{e}");
            }
        }
        // Were all refused, or none, the mutations would show nothing.
        Assert.InRange(decoded, mutations / 2, long.MaxValue);
        Assert.InRange(failed, mutations / 100, long.MaxValue);
    }

    private static void ReadAll(Random random, ReadOnlySpan<byte> capture, Segmenter segmenter, ref long decoded, ref long failed)
    {
        var length = capture.Length;
        var reader = new CaptureReader();
        var packet = new Packet();
        var frames = 0;
        // Now and then the capture comes in two chunks.
        var chunk = random.Next(4) == 0 ? random.Next(length + 1) : length;
        var buffer = capture[..chunk];
        while (true)
        {
            var isFinal = chunk == length;
            while (reader.TryRead(ref buffer, isFinal, out var frame))
            {
                Assert.True(++frames <= length, "more frames than bytes");
                var failure = PacketDecoder.Decode(frame, ref packet);
                if (failure.IsFailure) failed++;
                else decoded++;
                Check(frame, packet, failure);
                segmenter.Add(frame);
                while (segmenter.TryTake(out _)) { }
            }
            if (isFinal) break;
            buffer = capture[(chunk - buffer.Length)..];
            chunk = length;
        }
        Assert.Equal(length, reader.Position);
    }

    private static void Check(in Frame frame, in Packet packet, DecodeFailure failure)
    {
        if ((uint)packet.PayloadLength > (uint)frame.OriginalLength || (uint)failure.Offset > (uint)frame.OriginalLength
            || frame.OriginalLength < frame.Bytes.Length || (failure.IsFailure && packet.Application != ApplicationProtocol.None))
        {
            Assert.Fail($"{failure} {packet.PayloadLength} of {frame.OriginalLength}: {Convert.ToHexString(frame.Bytes)}");
        }
    }

    /// <summary>Small captures of up to eight frames each, frames cut at 600 bytes; a pcapng capture stays whole too.</summary>
    private static IEnumerable<byte[]> Pieces(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (file.EndsWith("ng", StringComparison.Ordinal)) yield return bytes;
        var (frames, _) = Captures.Read(bytes);
        foreach (var run in frames.Take(400).Chunk(8))
        {
            var cut = run.Select(f => f with { Bytes = f.Bytes[..Math.Min(f.Bytes.Length, 600)] }).ToList();
            yield return Captures.Write(cut, run[0].LinkType);
            var blocks = new PcapNg(bigEndian: run.Length % 2 == 0).Section().Interface((int)run[0].LinkType);
            foreach (var frame in cut) blocks.Enhanced(0, (ulong)frame.Timestamp / 1000, frame.Bytes);
            yield return blocks.Bytes;
        }
    }

    /// <summary>Up to eight bytes flipped or set; now and then the end cut off, or a stretch taken out or repeated.</summary>
    private static int Mutate(Random random, byte[] piece, byte[] buffer)
    {
        piece.CopyTo(buffer, 0);
        var length = piece.Length;
        ReadOnlySpan<byte> edges = [0, 1, 0x7F, 0x80, 0xFF, 0x45, 0x60];
        for (var n = random.Next(1, 9); n > 0; n--)
        {
            var at = random.Next(length);
            switch (random.Next(3))
            {
                case 0: buffer[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: buffer[at] = (byte)random.Next(256); break;
                default: buffer[at] = edges[random.Next(edges.Length)]; break;
            }
        }
        switch (random.Next(12))
        {
            case 0: return random.Next(length + 1);
            case 1:
                var (from, count) = (random.Next(length), random.Next(1, 32));
                count = Math.Min(count, length - from);
                buffer.AsSpan(from + count, length - from - count).CopyTo(buffer.AsSpan(from));
                return length - count;
            case 2:
                var (at, extra) = (random.Next(length), random.Next(1, 32));
                buffer.AsSpan(at, length - at).CopyTo(buffer.AsSpan(at + extra));
                return length + extra;
            default: return length;
        }
    }
}
