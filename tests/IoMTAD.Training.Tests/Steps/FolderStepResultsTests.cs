using IoMTAD.Tests;
using IoMTAD.Training.Steps;

namespace IoMTAD.Training.Tests.Steps;

public sealed class FolderStepResultsTests : IDisposable
{
    private static readonly string Inputs = StepInputs.Digest(new { Data = "a", Seed = 1 });
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_result_is_found_under_its_inputs_alone()
    {
        var results = new FolderStepResults(folder.Path);
        Assert.Null(results.Find("fit", Inputs));
        results.Keep("fit", Inputs, new Dictionary<string, byte[]> { ["a"] = [1, 2], ["b"] = [] });
        Assert.Equal([1, 2], new FolderStepResults(folder.Path).Find("fit", Inputs)!["a"]);
        Assert.Null(results.Find("fit", StepInputs.Digest(new { Data = "a", Seed = 2 })));
        Assert.Null(results.Find("tune", Inputs));
    }

    [Fact]
    public void What_an_unfinished_step_kept_goes_when_it_finishes()
    {
        var results = new FolderStepResults(folder.Path);
        results.KeepPartial("fit", Inputs, [1]);
        results.KeepPartial("fit", Inputs, [2]);
        Assert.Equal([2], results.FindPartial("fit", Inputs));
        results.Keep("fit", Inputs, new Dictionary<string, byte[]> { ["a"] = [3] });
        Assert.Null(results.FindPartial("fit", Inputs));
    }

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
}
