namespace IoMTAD.Core.Tests.Decoding;

/// <summary>
/// Each capture in <c>tests/captures</c> beside what the decoder says of it. To add a case, drop a capture in and run once with
/// <c>IOMTAD_APPROVE=1</c>; then read the <c>.approved.txt</c> that this wrote before committing it.
/// </summary>
public sealed class GoldenCaptureTests
{
    private static readonly bool Approve = Environment.GetEnvironmentVariable("IOMTAD_APPROVE") == "1";

    static GoldenCaptureTests()
    {
        if (!Approve) return;
        foreach (var (name, bytes) in SampleCaptures.Made) File.WriteAllBytes(Path.Combine(SampleCaptures.Folder, name), bytes);
    }

    public static TheoryData<string> Names => [.. SampleCaptures.Files.Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_capture_decodes_as_approved(string name)
    {
        var capture = Path.Combine(SampleCaptures.Folder, name);
        var approved = capture + ".approved.txt";
        var summary = CaptureSummary.Of(File.ReadAllBytes(capture));
        if (Approve) File.WriteAllText(approved, summary);
        Assert.True(File.Exists(approved), $"{approved} is missing: run once with IOMTAD_APPROVE=1");
        Assert.Equal(File.ReadAllText(approved), summary);
    }

    [Fact]
    public void The_captures_made_from_hand_built_frames_are_the_committed_ones()
    {
        foreach (var (name, bytes) in SampleCaptures.Made)
        {
            var file = Path.Combine(SampleCaptures.Folder, name);
            Assert.True(File.Exists(file), $"{file} is missing: run once with IOMTAD_APPROVE=1");
            Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(file)), $"{name} differs from what the hand-built frames make");
        }
    }
}
