using IoMTAD.Hosting.Response.Settings;
using IoMTAD.Local.Commands;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Local.Response.Settings;

/// <summary>Reads <c>iomtad.json</c>, overridden by environment variables <c>IOMTAD_…</c> in which two underscores go one level deeper.</summary>
internal static class ConfigurationFile
{
    public const string FileName = "iomtad.json";

    public const string Prefix = "IOMTAD_";

    /// <param name="file">Null for <see cref="FileName"/> in the store's folder, if it is there.</param>
    /// <exception cref="CommandException">It is wrong: the message names each fault.</exception>
    public static NotificationSettings Load(string folder, string? file)
    {
        if (file is not null && !File.Exists(file)) throw new CommandException($"{file}: no such file", ExitCode.WrongUse);
        var path = Path.GetFullPath(file ?? Path.Combine(folder, FileName));
        var builder = new ConfigurationBuilder();
        IConfigurationRoot root;
        try
        {
            if (File.Exists(path)) builder.AddJsonStream(new MemoryStream(File.ReadAllBytes(path)));
            root = builder.AddEnvironmentVariables(Prefix).Build();
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
        {
            throw new CommandException($"{path}: {e.Message} {e.InnerException?.Message}".TrimEnd());
        }
        List<string> faults = [];
        faults.AddRange(Unknown(path));
        var settings = NotificationReader.Read(root, LocalChannels.Host, faults) ?? LocalChannels.Default;
        return faults.Count == 0 ? settings : throw new CommandException($"{path} cannot be used:\n  {string.Join("\n  ", faults)}");
    }

    /// <summary>Of the file alone: the environment is not ours only.</summary>
    private static IEnumerable<string> Unknown(string path)
    {
        if (!File.Exists(path)) return [];
        var root = new ConfigurationBuilder().AddJsonStream(new MemoryStream(File.ReadAllBytes(path))).Build();
        return root.GetChildren().Where(c => !string.Equals(c.Key, NotificationReader.Section, StringComparison.OrdinalIgnoreCase))
            .Select(c => $"{c.Key}: there is no such section: there is {NotificationReader.Section}");
    }
}
