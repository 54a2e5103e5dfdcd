namespace IoMTAD.Training.Models;

/// <summary>Where a training run stands.</summary>
/// <param name="Step">What is being done: "autoencoder", "densities", …</param>
/// <param name="Done">Share of the step, 0–1.</param>
/// <param name="Epoch">Epochs finished.</param>
/// <param name="Loss">Mean squared error per scaled value over the last epoch; NaN before the first.</param>
/// <param name="ValidationLoss">The same on later benign data.</param>
/// <param name="SequencesPerSecond">Since the step began.</param>
/// <param name="Left">Estimated, for the step.</param>
public readonly record struct TrainingProgress(
    string Step, double Done, int Epoch, double Loss, double ValidationLoss, double SequencesPerSecond, TimeSpan Left);

/// <summary>Counts sequences and tells a listener at most ten times a second.</summary>
internal sealed class ProgressMeter(IProgress<TrainingProgress>? listener, TimeProvider clock)
{
    private long started = clock.GetTimestamp(), told;
    private string step = "";
    private long total = 1, done;
    private int epoch;
    private double loss = double.NaN, validationLoss = double.NaN;

    public void Begin(string name, long sequences)
    {
        (step, total, done, epoch) = (name, Math.Max(1, sequences), 0, 0);
        (loss, validationLoss) = (double.NaN, double.NaN);
        started = clock.GetTimestamp();
        Tell();
    }

    public void Advance(int sequences)
    {
        done += sequences;
        if (listener is not null && clock.GetElapsedTime(told).TotalMilliseconds >= 100) Tell();
    }

    public void Epoch(int number, double trainingLoss, double heldLoss)
    {
        (epoch, loss, validationLoss) = (number, trainingLoss, heldLoss);
        Tell();
    }

    private void Tell()
    {
        told = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(started);
        var share = Math.Min(1, (double)done / total);
        var left = share > 0 ? elapsed / share - elapsed : TimeSpan.Zero;
        listener?.Report(new(step, share, epoch, loss, validationLoss, done / Math.Max(1e-9, elapsed.TotalSeconds), left));
    }
}
