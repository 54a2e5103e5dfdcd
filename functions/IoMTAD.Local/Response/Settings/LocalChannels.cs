using IoMTAD.Hosting.Response.Settings;
using IoMTAD.Local.Response.Channels;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;
using Spectre.Console;

namespace IoMTAD.Local.Response.Settings;

/// <param name="Folder">Of the event store.</param>
internal sealed record TerminalSurroundings(IAnsiConsole Console, string Folder, Uri? BaseAddress, TimeProvider Time)
    : NotifierSurroundings(BaseAddress, Time);

/// <summary>The channels that only a terminal has, and what is told by them without a configuration.</summary>
internal static class LocalChannels
{
    public static HostChannels Host { get; } = new(
        [
            new("console", (section, options) => Console(section.Name, options)),
            new("file", (section, options) => File(section.Name, section.Text("path") ?? FileNotifier.FileName, options)),
        ],
        ConfigurationFile.Prefix,
        new Dictionary<string, string>
        {
            ["sms"] = "SMS go out by the cloud host only", ["sendgrid"] = "SendGrid is reached by the cloud host only",
        });

    /// <summary>Each incident on the console and in the file.</summary>
    public static NotificationSettings Default { get; } = new(null,
        [Console("console", ChannelOptions.Default), File("file", FileNotifier.FileName, ChannelOptions.Default)],
        [new NotificationRoute(["console", "file"])], new FollowUpOptions(), null);

    /// <summary>Only in the file, ends of incidents too.</summary>
    public static NotificationSettings FileAlone { get; } = new(null, [File("file", FileNotifier.FileName, ChannelOptions.Default)],
        [new NotificationRoute(["file"])], new FollowUpOptions { Recovery = true }, null);

    private static ChannelSettings Console(string name, ChannelOptions options) =>
        new(name, "console", "this terminal", options, null, around => new ConsoleNotifier(((TerminalSurroundings)around).Console, name));

    private static ChannelSettings File(string name, string path, ChannelOptions options) => new(name, "file", path, options with { MaxInFlight = 1 }, null,
        around => new FileNotifier(Path.Combine(((TerminalSurroundings)around).Folder, path), name));
}
