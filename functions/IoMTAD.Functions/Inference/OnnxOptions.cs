namespace IoMTAD.Functions.Inference;

/// <summary>How models are run.</summary>
/// <param name="Threads">Within one operator; scorers on several threads share no more than the weights.</param>
/// <param name="Batch">Sequences that go through the graph at a time.</param>
public sealed record OnnxOptions(int Threads = 1, int Batch = 64);
