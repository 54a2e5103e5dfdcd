using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>Classifies with our own kernels: no native library, no allocation once made.</summary>
public sealed class ManagedClassifier : IClassifier
{
    private const int Block = 16;

    private readonly ClassifierModel model;
    private readonly IPredictor[] predictors;
    private readonly float[] inputs;
    private readonly float[] outputs;

    public ManagedClassifier(ClassifierModel model)
    {
        this.model = model;
        predictors = [.. model.Members.Select(m => m.Model.Create(Block))];
        inputs = new float[Block * model.Members.Max(m => m.Model.Inputs)];
        outputs = new float[Block * model.Classes.Count];
    }

    public FeatureSchema Schema => model.Schema;
    public IReadOnlyList<string> Classes => model.Classes;

    public void Classify(ISequences batch, Span<float> probabilities)
    {
        model.Check(batch);
        for (var start = 0; start < batch.Count; start += Block)
        {
            var rows = Math.Min(Block, batch.Count - start);
            var target = probabilities.Slice(start * Classes.Count, rows * Classes.Count);
            target.Clear();
            for (var member = 0; member < predictors.Length; member++) Add(batch, start, rows, member, target);
        }
    }

    private void Add(ISequences batch, int start, int rows, int index, Span<float> target)
    {
        var member = model.Members[index];
        var width = member.Model.Inputs;
        for (var row = 0; row < rows; row++)
            SequenceInputs.Read(member.Input, batch, start + row, model.Scaler, inputs.AsSpan(row * width, width));
        predictors[index].Predict(inputs.AsSpan(0, rows * width), rows, outputs);
        for (var i = 0; i < target.Length; i++) target[i] += member.Weight * outputs[i];
    }
}
