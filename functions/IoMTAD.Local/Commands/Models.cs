using System.CommandLine;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Export;

namespace IoMTAD.Local.Commands;

/// <summary>Models that commands are given.</summary>
internal static class Models
{
    public static readonly FeatureSchema[] Schemas = [WindowSchema.Schema, CicIoMT2024.V1, CicIoMT2024.V2];

    public static Option<string> Option() => new("--model")
    {
        Description = "Folder of the model: made by 'iomtad train' or 'iomtad demo'.", HelpName = "DIR", Required = true,
    };

    /// <exception cref="CommandException">It is missing or damaged.</exception>
    public static AnomalyModel Load(string folder)
    {
        var (model, error) = ModelBundle.Read(folder, Schemas);
        return model ?? throw new CommandException($"no model in '{folder}': {error}");
    }
}
