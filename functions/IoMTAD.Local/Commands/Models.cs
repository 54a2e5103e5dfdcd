using System.CommandLine;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Datasets;
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
        return model ?? throw new CommandException($"no model in '{folder}': {error}; make one with 'iomtad train' or 'iomtad demo'");
    }

    /// <exception cref="CommandException">The model does not take what the file holds: said once, before any work begins.</exception>
    public static void RequireReads(FeatureSchema schema, IEnumerable<string> files)
    {
        foreach (var file in files)
            if (CaptureFile.IsCsv(file) == (schema == WindowSchema.Schema))
                throw new CommandException(
                    $"{file}: the model takes {(schema == WindowSchema.Schema ? "captures" : $"rows of {schema.Name}")}, not {(CaptureFile.IsCsv(file) ? "rows" : "captures")}",
                    ExitCode.WrongUse);
    }
}
