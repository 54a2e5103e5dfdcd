using System.Globalization;
using System.Text.Json;
using Azure.Core;
using IoMTAD.Hosting.Response.Channels;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Functions.Response;

/// <param name="Endpoint">Of the Communication Services resource.</param>
/// <param name="From">A number, or a name where the country allows it.</param>
/// <param name="To">Numbers in E.164 form, at most 100.</param>
internal sealed record SmsSettings(Uri Endpoint, string From, IReadOnlyList<string> To);

/// <summary>Sends each notification as a short message by Azure Communication Services.</summary>
/// <remarks>
/// By its REST API (<c>POST /sms</c>, 2021-03-07): its library for .NET makes up a new repeatability id for each call and lets nobody else
/// name one, so that an attempt whose outcome is unknown could not be repeated without a second message.
/// </remarks>
/// <param name="baseAddress">Of the page; null for no links.</param>
internal sealed class SmsNotifier(string channel, SmsSettings settings, TokenCredential credential, Uri? baseAddress, TimeProvider time) : INotifier
{
    private static readonly TokenRequestContext Scope = new(["https://communication.azure.com//.default"]);

    private readonly FirstAttempts firstAttempts = new(time);

    public string Channel => channel;

    /// <summary>Within some minutes; what is repeated later may arrive twice, and that is better than never.</summary>
    public bool TellsRepeats => true;

    public async Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
    {
        var token = await credential.GetTokenAsync(Scope, cancellation);
        var first = firstAttempts.Of(notification.NotificationId).ToString("R", CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            from = settings.From,
            smsRecipients = settings.To.Select(to => new
            {
                to, repeatabilityRequestId = RepeatabilityId(notification.NotificationId, to), repeatabilityFirstSent = first,
            }),
            message = SmsText.Of(notification, baseAddress),
            smsSendOptions = new { enableDeliveryReport = true, tag = notification.NotificationId },
        });
        return await HttpDelivery.SendAsync(new Uri(settings.Endpoint, "/sms?api-version=2021-03-07"), body,
            new Dictionary<string, string> { ["Authorization"] = $"Bearer {token.Token}" }, time, cancellation);
    }

    /// <summary>The same for each attempt to tell somebody the same.</summary>
    public static string RepeatabilityId(string notification, string to) =>
        Guid.ParseExact(EventId.From($"{notification} {to}"), "N").ToString();
}
