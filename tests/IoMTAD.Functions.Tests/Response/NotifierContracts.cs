using System.Text.Json;
using Azure.Core;
using IoMTAD.Functions.Response;
using IoMTAD.Response;
using IoMTAD.Tests.Response;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace IoMTAD.Functions.Tests.Response;

public sealed class SendGridContractTests : HttpNotifierContract
{
    protected override string Refusal => JsonSerializer.Serialize(new { errors = new[] { new { message = Words, field = "from" } } });

    protected override (string Name, string Value) ComeBack => ("X-RateLimit-Reset", Seconds(Sample.Now.AddSeconds(120)));

    protected override Task AcceptAsync(HttpContext context) => HttpReceiver.Refuse(202, "", "X-Message-Id", "1")(context);

    protected override INotifier Create(Uri url, TimeProvider time) => new SendGridNotifier("mail",
        new SendGridSettings(url, Secret, MailboxAddress.Parse("iomtad@hospital.example"), [MailboxAddress.Parse("ward@hospital.example")]), Sample.Page, time);
}

public sealed class SmsContractTests : HttpNotifierContract
{
    protected override string Refusal => JsonSerializer.Serialize(new { error = new { code = "Denied", message = Words } });

    protected override Task AcceptAsync(HttpContext context) =>
        HttpReceiver.Refuse(202, """{"value":[{"to":"+4930123456","messageId":"1","httpStatusCode":202,"successful":true}]}""")(context);

    protected override INotifier Create(Uri url, TimeProvider time) =>
        PlainSms.Notifier(url, ["+4930123456"], Secret, time);
}

/// <summary>Somebody who is let in everywhere.</summary>
internal sealed class KnownToken(string token) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
