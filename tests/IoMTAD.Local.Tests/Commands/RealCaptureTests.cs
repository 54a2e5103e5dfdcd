using System.Globalization;
using System.Text.Json;
using IoMTAD.Features;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Tests.Capture.Simulation;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>Captures that others took, of traffic that no simulator made.</summary>
public sealed class RealCaptureTests(SimulatedWard ward) : IDisposable
{
    private static readonly string? Folder = SharedData.Find("pcaps");

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Captures =>
        Folder is null ? ["(the data folder is absent)"] : [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Captures))]
    public async Task Each_runs_through_detect(string capture)
    {
        var path = Path.Combine(SharedData.Require("pcaps"), capture);

        var result = await Iomtad.SucceedAsync("detect", path, "--model", await ward.ModelAsync(), "--json");

        var summary = JsonDocument.Parse(result.OutputLines[^1]).RootElement;
        Assert.True(summary.GetProperty("segments").GetInt32() > 0);
        Assert.Equal(0, summary.GetProperty("faults").GetInt32());
        var frames = Tshark.Fields(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), "", "frame.number").Count;
        Assert.Equal(frames, summary.GetProperty("frames").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public async Task Each_runs_through_extract_in_every_schema(string capture)
    {
        var path = Path.Combine(SharedData.Require("pcaps"), capture);
        foreach (var schema in FeatureSchemas.All)
        {
            var output = folder.File($"{schema.Name}.csv");
            await Iomtad.SucceedAsync("extract", path, "--schema", schema.Name, "--out", output);

            var rows = (await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken)).Select(line => line.Split(',')).ToList();
            Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
            // The dataset's own columns may be empty or infinite, and know IPv4 and ARP over Ethernet alone.
            var ours = schema == WindowSchema.Schema;
            Assert.True(rows.Count > 1 || !ours, $"{schema.Name} has no row");
            Assert.All(rows.Skip(1).SelectMany(row => row.TakeLast(schema.ModelColumns.Count)), cell => Assert.True(
                double.TryParse(cell, CultureInfo.InvariantCulture, out var value) ? double.IsFinite(value) || !ours : !ours && cell is "" or "inf", cell));
        }
    }
}
