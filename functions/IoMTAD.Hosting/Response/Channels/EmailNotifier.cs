using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace IoMTAD.Hosting.Response.Channels;

/// <param name="User">Null where the server asks for no password.</param>
public sealed record EmailSettings(
    string Host, int Port, SecureSocketOptions Security, string? User, string? Password, MailboxAddress From, IReadOnlyList<MailboxAddress> To);

/// <summary>Sends each notification as one plain-text mail (RFC 5321, 5322, 3834). All mails of an incident are one thread.</summary>
/// <param name="baseAddress">Of the page; null for no links.</param>
public sealed class EmailNotifier(string channel, EmailSettings settings, Uri? baseAddress) : INotifier
{
    public string Channel => channel;

    /// <summary>Two mails of the same Message-ID are two mails to most readers.</summary>
    public bool TellsRepeats => false;

    public async Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
    {
        var phase = new SmtpPhase();
        // A hospital's network seldom reaches the authority's list of revoked certificates.
        using var client = new Client(phase) { CheckCertificateRevocation = false };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
            if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", cancellation);
            await client.SendAsync(Compose(notification), cancellation);
        }
        catch (Exception e) when (Fault(e, phase) is { } fault)
        {
            throw new DeliveryException(e is SmtpCommandException ? Words(e) : $"{settings.Host}: {Words(e)}", fault);
        }
        await LeaveAsync(client, cancellation);
        return client.Refused.Count > 0 ? $"not to {string.Join("; not to ", client.Refused)}" : null;
    }

    private MimeMessage Compose(NotificationRequested notification)
    {
        var text = MessageText.Of(notification, baseAddress);
        var message = new MimeMessage
        {
            Subject = text.Subject, MessageId = Id(notification.NotificationId), Body = new TextPart("plain") { Text = text.Body },
            XPriority = notification.Severity switch
            {
                Policy.Severity.Critical => XMessagePriority.Highest,
                Policy.Severity.High => XMessagePriority.High,
                Policy.Severity.Medium => XMessagePriority.Normal,
                _ => XMessagePriority.Low,
            },
        };
        message.From.Add(settings.From);
        message.To.AddRange(settings.To);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (notification.IncidentId is not { } incident) return message;
        // A mail that nobody ever sent is the root, so that the order of arrival does not matter.
        var root = Id($"incident-{incident}");
        message.InReplyTo = root;
        message.References.Add(root);
        return message;
    }

    private string Id(string name) => $"{name}@{settings.From.Domain}";

    /// <returns>Null for what is no fault of the delivery.</returns>
    private static DeliveryFault? Fault(Exception e, SmtpPhase phase) => e switch
    {
        SmtpCommandException { StatusCode: var code } => (int)code >= 500 ? DeliveryFault.Permanent : DeliveryFault.Temporary,
        DeliveryException => null,
        AuthenticationException or ServiceNotAuthenticatedException or NotSupportedException => DeliveryFault.Permanent,
        _ when phase.IsHandedOver => DeliveryFault.Unknown,
        _ => DeliveryFault.Temporary,
    };

    private static string Words(Exception e) => e switch
    {
        SmtpCommandException { StatusCode: var code } => $"{(int)code} {e.Message}",
        OperationCanceledException => "the server did not answer in time",
        NotSupportedException => $"the server does not offer what the settings ask for: {e.Message}",
        SslHandshakeException => "the server's certificate or its TLS was not accepted",
        _ => e.Message,
    };

    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellation)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception e) when (e is IOException or ProtocolException or OperationCanceledException)
        {
            // The mail is accepted; how the server takes its leave is its own affair.
        }
    }

    /// <summary>Goes on for the others where one recipient is refused.</summary>
    private sealed class Client(IProtocolLogger log) : SmtpClient(log)
    {
        public List<string> Refused { get; } = [];

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Refused.Add($"{mailbox.Address}: {(int)response.StatusCode} {response.Response}");

        protected override void OnNoRecipientsAccepted(MimeMessage message) =>
            throw new DeliveryException(string.Join("; ", Refused),
                Refused.All(r => r.Contains(": 5", StringComparison.Ordinal)) ? DeliveryFault.Permanent : DeliveryFault.Temporary);
    }
}
