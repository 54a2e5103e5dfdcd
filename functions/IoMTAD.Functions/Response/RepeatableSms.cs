using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using IoMTAD.Policy;

namespace IoMTAD.Functions.Response;

/// <summary>
/// Gives the request to send a short message the repeatability ids of the notification that its tag names. The client makes up new ones for
/// each call and lets nobody else name any, so that an attempt whose outcome is unknown could not be repeated without a second message.
/// </summary>
internal sealed class RepeatableSms(TimeProvider time) : HttpPipelineSynchronousPolicy
{
    private readonly FirstAttempts firstAttempts = new(time);

    public override void OnSendingRequest(HttpMessage message)
    {
        using var said = new MemoryStream();
        message.Request.Content!.WriteTo(said, message.CancellationToken);
        var body = JsonNode.Parse(said.ToArray())!;
        var notification = (string)body["smsSendOptions"]!["tag"]!;
        var first = firstAttempts.Of(notification).ToString("R", CultureInfo.InvariantCulture);
        foreach (var recipient in body["smsRecipients"]!.AsArray())
        {
            var id = EventId.From($"{notification} {(string)recipient!["to"]!}");
            recipient["repeatabilityRequestId"] = Guid.ParseExact(id, "N").ToString();
            recipient["repeatabilityFirstSent"] = first;
        }
        message.Request.Content = RequestContent.Create(body.ToJsonString());
    }
}
