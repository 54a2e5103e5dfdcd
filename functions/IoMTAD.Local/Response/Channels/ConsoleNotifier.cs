using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;
using Spectre.Console;

namespace IoMTAD.Local.Response.Channels;

/// <summary>Prints each notification as one line.</summary>
public sealed class ConsoleNotifier(IAnsiConsole console, string channel = "console") : INotifier
{
    public string Channel => channel;

    /// <summary>A line that a crash kept from being recorded is printed again: nobody was alarmed by it.</summary>
    public bool TellsRepeats => true;

    public Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
    {
        var incident = notification.IncidentId is { } id ? $" (incident {id})" : "";
        console.MarkupLineInterpolated($"[bold red]{notification.Severity}[/] {Purpose(notification)}{notification.Text}[dim]{incident}[/]");
        return Task.FromResult<string?>(null);
    }

    private static string Purpose(NotificationRequested notification) =>
        notification.Purpose == NotificationPurpose.Incident ? "" : $"{notification.Purpose}: ";
}
