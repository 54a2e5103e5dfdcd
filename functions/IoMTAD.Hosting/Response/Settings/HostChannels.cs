using IoMTAD.Response;

namespace IoMTAD.Hosting.Response.Settings;

/// <summary>A type of channel that one host alone has.</summary>
/// <param name="Read">Reads the section, and notes each fault in it.</param>
public sealed record ChannelType(string Name, Func<SettingsSection, ChannelOptions, ChannelSettings> Read);

/// <summary>What of the channels depends on the host.</summary>
/// <param name="Types">Beyond those of all hosts.</param>
/// <param name="Variables">What the names of its environment variables begin with.</param>
/// <param name="Elsewhere">Types of another host, and in words where they are.</param>
public sealed record HostChannels(IReadOnlyList<ChannelType> Types, string Variables, IReadOnlyDictionary<string, string> Elsewhere);
