using System.Diagnostics;
using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Features;

/// <summary>Real captures: v2 against what tshark says of them, v1 against the laws that its published rows keep.</summary>
public sealed class CicIoMT2024RecomputationTests
{
    private static readonly string Script =
        Path.Combine(SharedData.RepositoryRoot, "tests", "IoMTAD.Core.Tests", "Features", "CicIoMT2024", "recompute_v2.py");

    [Fact]
    [Trait("Category", "Slow")]
    public void Version_2_agrees_with_an_independent_recomputation_of_every_capture()
    {
        var captures = EthernetCaptures();
        Assert.SkipUnless(Runs("tshark", "--version") && Runs("python3", "--version"), "needs tshark and python3");
        foreach (var capture in captures)
        {
            var expected = Recompute(capture);
            var actual = new List<double[]>();
            var extractor = new CicIoMT2024V2Extractor(row => actual.Add(row.ToArray()));
            ForEachPacket(capture, extractor.Add);
            extractor.Finish();
            Assert.True(expected.Count == actual.Count, $"{capture}: {expected.Count} rows expected, {actual.Count} made");
            for (var row = 0; row < expected.Count; row++)
                for (var column = 0; column < 39; column++)
                    AssertEqual(expected[row][column], actual[row][column], $"{capture}, row {row}, {CicIoMT2024.V2.Columns[column].Name}");
        }
    }

    [Fact]
    public void Version_1_keeps_the_laws_of_the_published_rows()
    {
        foreach (var capture in EthernetCaptures())
        {
            var rows = new List<double[]>();
            var extractor = new CicIoMT2024V1Extractor(row => rows.Add(row.ToArray()));
            ForEachPacket(capture, extractor.Add);
            foreach (var row in rows)
            {
                double At(string column) => row.Of(CicIoMT2024.V1, column);
                Assert.Equal(At("Rate"), At("Srate"));
                Assert.Equal(0, At("Drate"));
                Assert.Equal(At("IPv"), At("LLC"));
                Assert.Equal(1, At("IPv") + At("ARP"), 1e-12);
                Assert.Contains((At("Number"), At("Weight")), new[] { (5.5, 38.5), (13.5, 244.6) });
                if (At("Number").Equals(5.5)) Assert.Equal(Math.Sqrt(2) * At("Std"), At("Radius"), 1e-9 * (1 + At("Radius")));
            }
        }
    }

    private delegate void PacketHandler(LinkType link, in Packet packet);

    private static void ForEachPacket(string capture, PacketHandler handle)
    {
        var reader = new CaptureReader();
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(capture);
        var packet = new Packet();
        while (reader.TryRead(ref bytes, isFinal: true, out var frame))
        {
            PacketDecoder.Decode(frame, ref packet);
            handle(frame.LinkType, packet);
        }
    }

    private static List<string> EthernetCaptures()
    {
        var ethernet = Directory.GetFiles(SharedData.Require("pcaps")).Where(IsEthernet).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(ethernet);
        return ethernet;

        static bool IsEthernet(string capture)
        {
            var isEthernet = true;
            ForEachPacket(capture, (link, in _) => isEthernet &= link == LinkType.Ethernet);
            return isEthernet;
        }
    }

    private static List<double[]> Recompute(string capture)
    {
        var start = new ProcessStartInfo("python3", [Script, capture]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var python = Process.Start(start)!;
        var lines = python.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
        return [.. lines.Select(line => line.Split(',').Select(Number).ToArray())];

        static double Number(string text) => text switch
        {
            "inf" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };
    }

    private static void AssertEqual(double expected, double actual, string where) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-6 * Math.Max(1e-3, Math.Abs(expected)),
            $"{where}: expected {expected}, got {actual}");

    private static bool Runs(string program, string argument)
    {
        try
        {
            var start = new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
