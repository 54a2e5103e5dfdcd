using Azure.Communication.Sms;
using Azure.Core;
using Azure.Core.Pipeline;
using IoMTAD.Functions.Response;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Response;

/// <summary>
/// A client gives its token away over TLS only, and a service on this machine has none: it is left off just before the wire.
/// </summary>
internal sealed class PlainSms : HttpPipelineSynchronousPolicy
{
    public static SmsNotifier Notifier(Uri service, IReadOnlyList<string> to, string token, TimeProvider time)
    {
        var options = new SmsClientOptions();
        options.AddPolicy(new PlainSms(), HttpPipelinePosition.BeforeTransport);
        var endpoint = new UriBuilder(service) { Scheme = Uri.UriSchemeHttps }.Uri;
        return new SmsNotifier("phone", new SmsSettings(endpoint, "+4930111111", to), new KnownToken(token), Sample.Page, time, options);
    }

    public override void OnSendingRequest(HttpMessage message) => message.Request.Uri.Scheme = Uri.UriSchemeHttp;
}
