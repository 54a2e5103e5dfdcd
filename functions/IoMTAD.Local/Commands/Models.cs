using System.CommandLine;
using IoMTAD.Features;
using IoMTAD.Hosting.Inference;
using IoMTAD.Inference;
using IoMTAD.Local.Views;
using IoMTAD.Policy.Models;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Export;
using IoMTAD.Views;

namespace IoMTAD.Local.Commands;

/// <summary>Models that commands are given, or find in the store.</summary>
internal static class Models
{
    /// <param name="orInUse">Without it the command takes the one that is in use in its store.</param>
    public static Option<string?> Option(bool orInUse = true) => new("--model")
    {
        Description = "Folder of the model: made by 'iomtad train' or 'iomtad demo'." + (orInUse ? " Without it, the one promoted in the store." : ""),
        HelpName = "DIR", Required = !orInUse,
    };

    /// <exception cref="CommandException">It is missing or damaged.</exception>
    public static AnomalyModel Load(string folder)
    {
        var (model, error) = ModelBundle.Read(folder, [.. FeatureSchemas.All]);
        return model ?? throw new CommandException($"no model in '{folder}': {error}; make one with 'iomtad train' or 'iomtad demo'");
    }

    /// <summary>The model of the folder, or, where none is named, the one in use in the store; people are told which.</summary>
    /// <param name="otherwise">What the user may do instead of naming a model.</param>
    /// <exception cref="CommandException">There is none, or not one alone.</exception>
    public static async Task<AnomalyModel> LoadAsync(
        Terminal terminal, string? folder, string store, CancellationToken cancellation, string otherwise = "")
    {
        if (folder is not null) return Load(folder);
        var inUse = OpenStore.IsIn(store) ? await InUseAsync(store, cancellation) : [];
        if (inUse.Count == 0)
            throw new CommandException(
                $"no model: name its folder with --model, or promote one with 'iomtad models promote DIR --store {store}'{otherwise}", ExitCode.WrongUse);
        var models = new FolderModelStore(store);
        if (inUse.Count > 1)
            throw new CommandException(
                $"several models are in use in '{store}': name one with --model: {string.Join(", ", inUse.Select(models.FolderOf))}", ExitCode.WrongUse);
        var (model, error) = await models.LoadAsync(inUse[0], cancellation);
        if (model is null)
            throw new CommandException(
                $"{inUse[0]} is in use, but cannot be loaded: {error}; put the bundle back, promote one again, or name one with --model");
        terminal.Error.WriteLine($"The model is {model.Version}, promoted in {store}.");
        return model;
    }

    /// <summary>All models of a store, by name.</summary>
    public static async Task<IReadOnlyList<Model>> ReadAsync(OpenStore store, CancellationToken cancellation)
    {
        var views = new SqliteViews(store.Database, store.Events);
        await views.CatchUpAsync(cancellation);
        return await views.ReadAsync(new ModelsView(), cancellation);
    }

    /// <exception cref="CommandException">The model does not take what the file holds: said once, before any work begins.</exception>
    public static void RequireReads(FeatureSchema schema, IEnumerable<string> files)
    {
        foreach (var file in files)
            if (CaptureFile.IsCsv(file) == (schema == WindowSchema.Schema))
            {
                var taken = schema == WindowSchema.Schema ? "captures" : $"rows of {schema.Name}";
                throw new CommandException(
                    $"{file}: the model takes {taken}, not {(CaptureFile.IsCsv(file) ? "rows" : "captures")}", ExitCode.WrongUse);
            }
    }

    private static async Task<List<string>> InUseAsync(string store, CancellationToken cancellation)
    {
        await using var open = OpenStore.Existing(store);
        return [.. (await ReadAsync(open, cancellation)).Select(m => m.Current).OfType<string>()];
    }
}
