using IoMTAD.Training.Datasets;

namespace IoMTAD.Functions.Training;

/// <summary>Where datasets come from.</summary>
public interface ITrainingData
{
    /// <summary>The dataset, both parts; the same object while it is in memory and unchanged at its place.</summary>
    /// <exception cref="InvalidDataException">There is none, or nothing of it can be read.</exception>
    Task<Dataset> ReadAsync(string place, CancellationToken cancellation);
}
