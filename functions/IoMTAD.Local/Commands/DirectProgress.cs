using IoMTAD.Training.Models;

namespace IoMTAD.Local.Commands;

/// <summary>Reports on the thread that trains, in order; <see cref="Progress{T}"/> would post to the pool.</summary>
internal sealed class DirectProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
