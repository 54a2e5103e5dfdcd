using IoMTAD.Tests;
using IoMTAD.Training.Steps;

namespace IoMTAD.Training.Tests.Steps;

public sealed class FolderStepResultsTests : StepResultsContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_process_that_died_had_half_written_is_no_result()
    {
        var results = new FolderStepResults(folder.Path);
        Directory.CreateDirectory(folder.File($"fit-{Inputs[..16]}.new"));
        File.WriteAllBytes(folder.File($"fit-{Inputs[..16]}.new/a"), [1]);
        Assert.Null(results.Find("fit", Inputs));
        results.Keep("fit", Inputs, new Dictionary<string, byte[]> { ["b"] = [2] });
        Assert.Equal("b", Assert.Single(results.Find("fit", Inputs)!).Key);
    }

    protected override Task<IStepResults> OpenAsync() => Task.FromResult<IStepResults>(new FolderStepResults(folder.Path));
}
