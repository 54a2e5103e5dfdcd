using IoMTAD.Tests;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Training.Tests.Datasets;

[Trait("Category", "Slow")]
public sealed class DatasetQualityTests
{
    [Fact]
    public void Attacks_of_the_real_dataset_are_told_from_benign_traffic_that_came_later()
    {
        var data = new DatasetReader(new()).Read(SharedData.Require("ciciomt2024"), DatasetFolder.Train, DatasetFolder.Test).Dataset!;
        var detection = ModelEvaluation.Run(DatasetTraining.FitDetector(data, new()), data).Report.Detection!;
        Assert.Equal(8, detection.PerClass.Count);
        Assert.True(detection.MacroAuc > 0.998, $"{detection}");
        Assert.True(detection.MacroRecallAt1Percent > 0.97, $"{detection}");
        Assert.All(detection.PerClass, c => Assert.True(c.Auc > 0.99, $"{c}"));
        Assert.InRange(detection.BenignFalseAlarmRate, 0, 0.02);
    }
}
