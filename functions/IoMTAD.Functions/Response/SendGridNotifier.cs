using IoMTAD.Hosting.Response.Channels;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;
using MimeKit;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace IoMTAD.Functions.Response;

/// <param name="Host">Of the region where the account is kept.</param>
internal sealed record SendGridSettings(Uri Host, string Key, MailboxAddress From, IReadOnlyList<MailboxAddress> To);

/// <summary>Sends each notification as one plain-text mail by SendGrid. No picture and no changed link tells anybody who has read it.</summary>
/// <param name="baseAddress">Of the page; null for no links.</param>
internal sealed class SendGridNotifier(string channel, SendGridSettings settings, Uri? baseAddress, TimeProvider time) : INotifier
{
    public string Channel => channel;

    /// <summary>Whatever it accepts it sends, and twice what it is given twice.</summary>
    public bool TellsRepeats => false;

    public async Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
    {
        // The outbox tries again: with a client of ours the library does not.
        using var http = DeliveryHandler.CreateClient(time);
        var client = new SendGridClient(http, new SendGridClientOptions { ApiKey = settings.Key, Host = settings.Host.GetLeftPart(UriPartial.Authority) });
        await client.SendEmailAsync(Compose(notification), cancellation);
        return null;
    }

    private SendGridMessage Compose(NotificationRequested notification)
    {
        var text = MessageText.Of(notification, baseAddress);
        var message = new SendGridMessage
        {
            From = new EmailAddress(settings.From.Address, settings.From.Name), Subject = text.Subject, PlainTextContent = text.Body,
        };
        message.AddTos([.. settings.To.Select(t => new EmailAddress(t.Address, t.Name))]);
        message.AddCustomArg("notification", notification.NotificationId);
        message.AddHeader("Message-ID", Id(notification.NotificationId));
        message.AddHeader("Auto-Submitted", "auto-generated");
        if (notification.IncidentId is { } incident)
        {
            // A mail that nobody ever sent is the root of the incident's thread, so that the order of arrival does not matter.
            message.AddHeader("In-Reply-To", Id($"incident-{incident}"));
            message.AddHeader("References", Id($"incident-{incident}"));
        }
        message.SetClickTracking(enable: false, enableText: false);
        message.SetOpenTracking(enable: false);
        message.SetSubscriptionTracking(enable: false);
        message.SetGoogleAnalytics(enable: false);
        return message;
    }

    private string Id(string name) => $"<{name}@{settings.From.Domain}>";
}
