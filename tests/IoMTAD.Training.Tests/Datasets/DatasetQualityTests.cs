using IoMTAD.Tests;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Tests.Datasets;

[Trait("Category", "Slow")]
public sealed class DatasetQualityTests
{
    [Fact]
    public void Attacks_of_the_real_dataset_are_told_from_benign_traffic_that_came_later()
    {
        var result = DatasetTraining.Run(SharedData.Require("ciciomt2024"), new());
        Assert.Empty(result.Problems);
        var detection = result.Detection!;
        Assert.Equal(8, detection.PerClass.Count);
        Assert.True(detection.MacroAuc > 0.998, $"{detection}");
        Assert.True(detection.MacroRecallAtRate > 0.97, $"{detection}");
        Assert.All(detection.PerClass, c => Assert.True(c.Auc > 0.99, $"{c}"));
        Assert.InRange(detection.FalseAlarmRate, 0, 0.02);
    }
}
