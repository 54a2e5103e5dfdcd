using System.Globalization;
using IoMTAD.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Hosting.Response.Settings;

/// <summary>A section of the configuration as it is read: each fault is noted with what to write instead, and reading goes on.</summary>
/// <param name="variables">What the names of environment variables begin with that set the same.</param>
public sealed class SettingsSection(IConfigurationSection section, List<string> faults, string variables)
{
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    public string Name => section.Key.ToLowerInvariant();

    public string Path => section.Path;

    public bool IsThere => section.Exists();

    public void Fault(string key, string what) => faults.Add($"{(key.Length > 0 ? $"{Path}:{key}" : Path)}: {what}");

    /// <returns>Null where it is absent or empty.</returns>
    public string? Text(string key) => Child(key).Value is { Length: > 0 } value ? value : null;

    /// <returns>The value, or an empty text after a fault.</returns>
    public string Required(string key, string example)
    {
        if (Text(key) is { } value) return value;
        Fault(key, $"is missing: give for example \"{example}\"");
        return "";
    }

    /// <returns>The value, or an empty text after a fault that says where secrets belong.</returns>
    public string Secret(string key)
    {
        if (Text(key) is { } value) return value;
        var name = $"{Path}:{key}".ToUpperInvariant().Replace(":", "__", StringComparison.Ordinal);
        Fault(key, $"is missing: give it as the environment variable {variables}{name}");
        return "";
    }

    /// <returns>An address of the web that messages may be sent to, or an empty one after a fault.</returns>
    public Uri Address(string key, string example)
    {
        var text = Required(key, example);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            if (text.Length > 0) Fault(key, $"is no address of the web: give for example \"{example}\"");
            return new Uri("http://localhost/");
        }
        if (url.Scheme == "http" && !url.IsLoopback) Fault(key, "would send messages in clear: write https");
        return url;
    }

    public int Whole(string key, int otherwise, int least, int most)
    {
        if (Text(key) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Fault(key, string.Create(CultureInfo.InvariantCulture, $"'{text}' is no number from {least} to {most}: give for example {otherwise}"));
        return otherwise;
    }

    public TimeSpan Duration(string key, TimeSpan otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        if (Durations.TryParse(text, out var value)) return value;
        Fault(key, $"'{text}' is no duration: give for example 30s, 10m or 2h");
        return otherwise;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        if (bool.TryParse(text, out var value)) return value;
        Fault(key, $"'{text}' is neither true nor false");
        return otherwise;
    }

    public T? OneOf<T>(string key)
        where T : struct, Enum => Text(key) is { } text ? Named<T>(key, text) : null;

    public IReadOnlyList<T> AllOf<T>(string key)
        where T : struct, Enum => [.. List(key).Select(text => Named<T>(key, text)).OfType<T>()];

    /// <summary>A list, or one value that stands for a list of one.</summary>
    public IReadOnlyList<string> List(string key)
    {
        var child = Child(key);
        if (child.Value is { } single) return single.Length > 0 ? [single] : [];
        return [.. child.GetChildren().Select(c => c.Value).OfType<string>().Where(v => v.Length > 0)];
    }

    /// <summary>Names of channels, of which there has to be one at least.</summary>
    public IReadOnlyList<string> Channels(string key = "channels")
    {
        IReadOnlyList<string> channels = [.. List(key).Select(c => c.ToLowerInvariant()).Distinct()];
        if (channels.Count == 0) Fault(key, "names no channel: give for example [\"mail\"]");
        return channels;
    }

    public SettingsSection Section(string key) => new(Child(key), faults, variables);

    public IReadOnlyList<SettingsSection> Sections(string key) => [.. Child(key).GetChildren().Select(c => new SettingsSection(c, faults, variables))];

    /// <summary>To be called at the end: what was not asked for is a slip of the pen.</summary>
    public void RefuseOthers()
    {
        foreach (var child in section.GetChildren().Where(c => !known.Contains(c.Key)))
            Fault(child.Key, $"there is no such setting here: there are {string.Join(", ", known.Order(StringComparer.Ordinal))}");
    }

    private IConfigurationSection Child(string key)
    {
        known.Add(key);
        return section.GetSection(key);
    }

    private T? Named<T>(string key, string text)
        where T : struct, Enum
    {
        if (!int.TryParse(text, out _) && Enum.TryParse<T>(text, ignoreCase: true, out var value)) return value;
        Fault(key, $"'{text}' is none of {string.Join(", ", Enum.GetNames<T>())}");
        return null;
    }
}
