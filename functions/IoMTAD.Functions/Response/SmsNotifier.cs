using Azure.Communication.Sms;
using Azure.Core;
using Azure.Core.Pipeline;
using IoMTAD.Hosting.Response.Channels;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Functions.Response;

/// <param name="Endpoint">Of the Communication Services resource.</param>
/// <param name="From">A number, or a name where the country allows it.</param>
/// <param name="To">Numbers in E.164 form, at most 100.</param>
internal sealed record SmsSettings(Uri Endpoint, string From, IReadOnlyList<string> To);

/// <summary>Sends each notification as a short message by Azure Communication Services.</summary>
/// <param name="baseAddress">Of the page; null for no links.</param>
/// <param name="options">Of the client, with policies that others add.</param>
internal sealed class SmsNotifier(
    string channel, SmsSettings settings, TokenCredential credential, Uri? baseAddress, TimeProvider time, SmsClientOptions? options = null)
    : INotifier
{
    private readonly SmsClient client = new(settings.Endpoint, credential, Complete(options ?? new SmsClientOptions(), time));

    public string Channel => channel;

    /// <summary>Within some minutes; what is repeated later may arrive twice, and that is better than never.</summary>
    public bool TellsRepeats => true;

    public async Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
    {
        var answer = await client.SendAsync(settings.From, settings.To, SmsText.Of(notification, baseAddress),
            new SmsSendOptions(enableDeliveryReport: true) { Tag = notification.NotificationId }, cancellation);
        return HttpDelivery.Recipients(answer.GetRawResponse().Content.ToString());
    }

    private static SmsClientOptions Complete(SmsClientOptions options, TimeProvider time)
    {
        options.Transport = new HttpClientTransport(DeliveryHandler.CreateClient(time));
        // The outbox tries again, and knows how long an attempt may take.
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        options.AddPolicy(new RepeatableSms(time), HttpPipelinePosition.PerCall);
        return options;
    }
}
