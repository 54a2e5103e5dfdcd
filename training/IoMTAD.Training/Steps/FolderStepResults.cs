namespace IoMTAD.Training.Steps;

/// <summary>Step results in a folder: <c>step-digest/</c> holds the files of a finished step, <c>step-digest.partial</c> the state of an
/// unfinished one.</summary>
public sealed class FolderStepResults(string folder) : IStepResults
{
    public IReadOnlyDictionary<string, byte[]>? Find(string step, string inputs)
    {
        var path = Place(step, inputs);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes, StringComparer.Ordinal)
            : null;
    }

    public void Keep(string step, string inputs, IReadOnlyDictionary<string, byte[]> files)
    {
        var path = Place(step, inputs);
        // A folder appears under its name only when it is whole.
        var unfinished = path + ".new";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(unfinished, name), bytes);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        Directory.Move(unfinished, path);
        File.Delete(path + ".partial");
    }

    public byte[]? FindPartial(string step, string inputs) =>
        File.Exists(Place(step, inputs) + ".partial") ? File.ReadAllBytes(Place(step, inputs) + ".partial") : null;

    public void KeepPartial(string step, string inputs, byte[] state)
    {
        Directory.CreateDirectory(folder);
        var path = Place(step, inputs) + ".partial";
        File.WriteAllBytes(path + ".new", state);
        File.Move(path + ".new", path, overwrite: true);
    }

    private string Place(string step, string inputs) => Path.Combine(folder, $"{step}-{inputs[..16]}");
}
