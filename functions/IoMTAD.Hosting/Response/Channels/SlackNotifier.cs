using System.Text.Json;
using IoMTAD.Api;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response.Channels;

/// <summary>Posts each notification to an incoming webhook of Slack.</summary>
/// <param name="url">Whoever knows it can post: it is a secret.</param>
/// <param name="baseAddress">Of the page; null for no links.</param>
public sealed class SlackNotifier(string channel, Uri url, Uri? baseAddress, TimeProvider time) : INotifier
{
    // Slack refuses a longer text in one section, or a longer header.
    private const int LongestSection = 3000, LongestHeader = 150;

    public string Channel => channel;

    public bool TellsRepeats => false;

    public Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default) => HttpDelivery.SendAsync(
        url, JsonSerializer.SerializeToUtf8Bytes(Compose(MessageText.Of(notification, baseAddress), notification), ApiJson.Options),
        new Dictionary<string, string>(), time, cancellation);

    private static object Compose(MessageText text, NotificationRequested notification)
    {
        object[] blocks =
        [
            // Plain text is not marked up, so nothing in it has to be escaped.
            new { type = "header", text = new { type = "plain_text", text = Cut($"{Sign(notification.Severity)} {text.Subject}", LongestHeader) } },
            new { type = "section", text = new { type = "mrkdwn", text = Cut(Escape(text.Body), LongestSection) } },
        ];
        return new { text = Escape(text.Subject), blocks };
    }

    private static string Sign(Severity severity) => severity switch
    {
        Severity.Critical => "🚨",
        Severity.High => "🔴",
        Severity.Medium => "🟠",
        _ => "🔵",
    };

    /// <summary>The three characters that Slack's markup reads as its own.</summary>
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..(length - 1)]}…";
}
