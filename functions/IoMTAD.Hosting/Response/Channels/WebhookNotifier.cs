using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IoMTAD.Api;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response.Channels;

/// <summary>Posts each notification as JSON to any address, signed where a secret is configured.</summary>
/// <remarks>
/// <c>Idempotency-Key</c> is the notification's id: a repeat is to be answered with success and told to nobody. <c>X-IoMTAD-Signature</c> is
/// <c>t=SECONDS,sha256=HEX</c>, the HMAC-SHA256 over <c>SECONDS.BODY</c>.
/// </remarks>
/// <param name="secret">Null for no signature.</param>
public sealed class WebhookNotifier(string channel, Uri url, string? secret, Uri? baseAddress, TimeProvider time) : INotifier
{
    public string Channel => channel;

    public bool TellsRepeats => true;

    public Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
    {
        var text = MessageText.Of(notification, baseAddress);
        var body = Encoding.UTF8.GetBytes(ApiJson.Write(new
        {
            id = notification.NotificationId, notification.Purpose, notification.Severity, notification.IncidentId, notification.Device,
            notification.Since, text.Subject, notification.Text, text.Link,
        }));
        var headers = new Dictionary<string, string> { ["Idempotency-Key"] = notification.NotificationId };
        if (secret is not null) headers["X-IoMTAD-Signature"] = Sign(body, secret, time.GetUtcNow().ToUnixTimeSeconds());
        return HttpDelivery.SendAsync(url, body, headers, time, cancellation);
    }

    public static string Sign(ReadOnlySpan<byte> body, string secret, long seconds)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hash.AppendData(body);
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},sha256={Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}
