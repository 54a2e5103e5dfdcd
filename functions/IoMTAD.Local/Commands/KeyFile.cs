using IoMTAD.Api.Security;

namespace IoMTAD.Local.Commands;

/// <summary>The accounts of a store, in a file beside it: digests of keys, never a key.</summary>
internal static class KeyFile
{
    private const string FileName = "api-keys.json";

    /// <exception cref="FormatException">The file is damaged.</exception>
    public static ApiKeys Read(string store) => File.Exists(Path(store)) ? ApiKeys.Parse(File.ReadAllText(Path(store))) : ApiKeys.None;

    public static void Write(string store, ApiKeys keys)
    {
        Directory.CreateDirectory(store);
        var partial = Path(store) + ".partial";
        File.WriteAllText(partial, keys.Write());
        File.Move(partial, Path(store), overwrite: true);
    }

    private static string Path(string store) => System.IO.Path.Combine(store, FileName);
}
