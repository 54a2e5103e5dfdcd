using IoMTAD.Policy.Notifications;
using IoMTAD.Response;

namespace IoMTAD.Local.Response.Settings;

/// <summary>A channel as it is configured.</summary>
/// <param name="Target">Where it leads, without secrets.</param>
/// <param name="Create">Makes its notifier.</param>
public sealed record ChannelSettings(
    string Name, string Type, string Target, ChannelOptions Options, ChannelFallback? Fallback, Func<NotifierSurroundings, INotifier> Create);

/// <param name="Folder">Of the event store.</param>
public sealed record NotifierSurroundings(Spectre.Console.IAnsiConsole Console, string Folder, Uri? BaseAddress, TimeProvider Time);

/// <summary>Who is told of what, and how.</summary>
/// <param name="BaseAddress">Of the page, for links; null for none.</param>
/// <param name="Heartbeat">Null for none.</param>
public sealed record NotificationSettings(
    Uri? BaseAddress, IReadOnlyList<ChannelSettings> Channels, IReadOnlyList<NotificationRoute> Routes, FollowUpOptions FollowUps,
    HeartbeatOptions? Heartbeat)
{
    /// <summary>Without a configuration: each incident on the console and in the file.</summary>
    public static NotificationSettings Default { get; } = new(null,
        [ChannelReader.Console("console", ChannelOptions.Default), ChannelReader.File("file", DefaultFile, ChannelOptions.Default)],
        [new NotificationRoute(["console", "file"])], new FollowUpOptions(), null);

    /// <summary>Only in the file, ends of incidents too.</summary>
    public static NotificationSettings FileAlone { get; } = new(null, [ChannelReader.File("file", DefaultFile, ChannelOptions.Default)],
        [new NotificationRoute(["file"])], new FollowUpOptions { Recovery = true }, null);

    private const string DefaultFile = Response.Channels.FileNotifier.FileName;
}
