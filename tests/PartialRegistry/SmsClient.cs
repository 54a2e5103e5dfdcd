using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Communication.Sms;

// Stands in for the package of this name where a registry lacks it: as much of its public interface and its wire format (2021-03-07) as
// is used.

/// <summary>Retries, transport and policies of a client.</summary>
public sealed class SmsClientOptions : ClientOptions;

/// <param name="enableDeliveryReport">Whether the service reports what became of the message.</param>
public sealed class SmsSendOptions(bool enableDeliveryReport)
{
    public bool EnableDeliveryReport { get; } = enableDeliveryReport;

    /// <summary>Comes back in the delivery report.</summary>
    public string? Tag { get; set; }
}

/// <summary>What became of one recipient's message.</summary>
public sealed class SmsSendResult
{
    internal SmsSendResult(JsonElement json) =>
        (To, HttpStatusCode, Successful) = (
            json.GetProperty("to").GetString()!, json.GetProperty("httpStatusCode").GetInt32(),
            json.GetProperty("successful").GetBoolean());

    public string To { get; }

    public int HttpStatusCode { get; }

    public bool Successful { get; }
}

/// <summary>Sends short messages. Each call has new repeatability ids.</summary>
public class SmsClient(Uri endpoint, TokenCredential tokenCredential, SmsClientOptions? options = null)
{
    private readonly HttpPipeline pipeline = HttpPipelineBuilder.Build(
        options ?? new(), new BearerTokenAuthenticationPolicy(tokenCredential, "https://communication.azure.com//.default"));

    /// <exception cref="RequestFailedException">The service did not accept it.</exception>
    public virtual async Task<Response<IReadOnlyList<SmsSendResult>>> SendAsync(
        string from, IEnumerable<string> to, string message, SmsSendOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var exchange = pipeline.CreateMessage();
        exchange.Request.Method = RequestMethod.Post;
        exchange.Request.Uri.Reset(new Uri(endpoint, "/sms?api-version=2021-03-07"));
        exchange.Request.Headers.Add("Content-Type", "application/json");
        var first = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        exchange.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(new
        {
            from,
            smsRecipients = to.Select(number => new
            {
                to = number, repeatabilityRequestId = Guid.NewGuid().ToString(), repeatabilityFirstSent = first,
            }),
            message,
            smsSendOptions = options is null ? null : new { enableDeliveryReport = options.EnableDeliveryReport, tag = options.Tag },
        }));
        await pipeline.SendAsync(exchange, cancellationToken).ConfigureAwait(false);
        if (exchange.Response.Status != 202) throw new RequestFailedException(exchange.Response);
        using var answer = JsonDocument.Parse(exchange.Response.Content);
        IReadOnlyList<SmsSendResult> results =
            [.. answer.RootElement.GetProperty("value").EnumerateArray().Select(item => new SmsSendResult(item))];
        return Response.FromValue(results, exchange.Response);
    }
}
