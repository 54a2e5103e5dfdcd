using System.CommandLine;
using IoMTAD.Capture;

namespace IoMTAD.Local.Commands;

/// <summary>Files that commands are given.</summary>
internal static class Files
{
    public static Argument<string[]> Argument(string description) => new("file") { Description = description, Arity = ArgumentArity.OneOrMore };

    /// <exception cref="CommandException">One of them is missing: said before any work begins.</exception>
    public static string[] Require(IEnumerable<string> paths)
    {
        var files = paths.ToArray();
        foreach (var file in files)
            if (!File.Exists(file)) throw new CommandException($"{file}: no such file", ExitCode.WrongUse);
        return files;
    }

    public static DeviceInventory Inventory(string? path) =>
        path is null ? DeviceInventory.Empty : DeviceInventory.Parse(File.ReadAllBytes(Require([path])[0]));
}
