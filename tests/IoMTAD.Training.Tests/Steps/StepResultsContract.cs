using IoMTAD.Training.Steps;

namespace IoMTAD.Training.Tests.Steps;

/// <summary>What every place for step results promises.</summary>
public abstract class StepResultsContract
{
    protected static readonly string Inputs = StepInputs.Digest(new { Data = "a", Seed = 1 });

    /// <summary>Results over the same place at each call, as a process has that started anew.</summary>
    protected abstract Task<IStepResults> OpenAsync();

    [Fact]
    public async Task A_result_is_found_under_its_inputs_alone()
    {
        var results = await OpenAsync();
        Assert.Null(results.Find("fit", Inputs));
        results.Keep("fit", Inputs, new Dictionary<string, byte[]> { ["a"] = [1, 2], ["b"] = [] });
        var found = (await OpenAsync()).Find("fit", Inputs)!;
        Assert.Equal(["a", "b"], found.Keys.Order());
        Assert.Equal([1, 2], found["a"]);
        Assert.Empty(found["b"]);
        Assert.Null(results.Find("fit", StepInputs.Digest(new { Data = "a", Seed = 2 })));
        Assert.Null(results.Find("tune", Inputs));
    }

    [Fact]
    public async Task A_result_that_is_kept_again_replaces_the_one_before()
    {
        var results = await OpenAsync();
        results.Keep("fit", Inputs, new Dictionary<string, byte[]> { ["a"] = [1], ["b"] = [2] });
        results.Keep("fit", Inputs, new Dictionary<string, byte[]> { ["a"] = [3] });
        Assert.Equal([3], Assert.Single(results.Find("fit", Inputs)!).Value);
    }

    [Fact]
    public async Task What_an_unfinished_step_kept_goes_when_it_finishes()
    {
        var results = await OpenAsync();
        Assert.Null(results.FindPartial("fit", Inputs));
        results.KeepPartial("fit", Inputs, [1]);
        results.KeepPartial("fit", Inputs, [2]);
        Assert.Equal([2], (await OpenAsync()).FindPartial("fit", Inputs));
        Assert.Null(results.Find("fit", Inputs));
        results.Keep("fit", Inputs, new Dictionary<string, byte[]> { ["a"] = [3] });
        Assert.Null(results.FindPartial("fit", Inputs));
    }
}
