using IoMTAD.Policy.Incidents;
using IoMTAD.Response;
using Spectre.Console;

namespace IoMTAD.Local.Response;

/// <summary>Prints each notification as one line.</summary>
public sealed class ConsoleNotifier(IAnsiConsole console) : INotifier
{
    public string Channel => "console";

    public Task NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
    {
        console.MarkupLineInterpolated($"[bold red]{notification.Severity}[/] {notification.Text} [dim](incident {notification.IncidentId})[/]");
        return Task.CompletedTask;
    }
}
