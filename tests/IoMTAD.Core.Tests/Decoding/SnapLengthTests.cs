using IoMTAD.Capture;
using IoMTAD.Core.Tests.Capture;
using IoMTAD.Decoding;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Decoding;

public sealed class SnapLengthTests
{
    [Fact]
    public void Frames_cut_at_the_segmenters_snaplen_decode_as_whole_ones_do()
    {
        var real = SharedData.Find("pcaps") is { } folder ? Directory.GetFiles(folder) : [];
        foreach (var file in SampleCaptures.Files.Concat(real))
        {
            foreach (var stored in Captures.Read(File.ReadAllBytes(file)).Frames)
            {
                var (whole, wholeFailure) = Decode.Any(stored.Bytes, stored.LinkType, stored.WireLength);
                var length = Math.Min(stored.Bytes.Length, SegmenterOptions.Default.SnapLength);
                var (cut, cutFailure) = Decode.Any(stored.Bytes[..length], stored.LinkType, stored.WireLength);
                // How many messages a long payload holds is what a cut may hide.
                cut.ApplicationMessages = whole.ApplicationMessages;
                cut.MqttPacketTypes = whole.MqttPacketTypes;
                cut.CapturedLength = whole.CapturedLength;
                Assert.Equal(wholeFailure, cutFailure);
                Assert.Equal(whole, cut);
            }
        }
    }
}
