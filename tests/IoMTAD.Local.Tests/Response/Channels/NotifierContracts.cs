using IoMTAD.Hosting.Response.Channels;
using IoMTAD.Response;
using IoMTAD.Tests.Response;
using MailKit.Security;
using MimeKit;

namespace IoMTAD.Local.Tests.Response.Channels;

public sealed class SlackContractTests : HttpNotifierContract
{
    protected override INotifier Create(Uri url, TimeProvider time) => new SlackNotifier("slack", new Uri(url, $"/{Secret}"), Sample.Page, time);
}

public sealed class WebhookContractTests : HttpNotifierContract
{
    protected override INotifier Create(Uri url, TimeProvider time) => new WebhookNotifier("hook", url, Secret, Sample.Page, time);
}

public sealed class EmailContractTests : NotifierContract
{
    private SmtpServer server = null!;

    /// <summary>SMTP has no word for it.</summary>
    protected override DateTimeOffset? ComeBackAt => null;

    protected override async Task<IReadOnlyList<string>> HeardAsync() =>
        [.. (await server.ReceivedAsync(1)).Select(r => $"{r.Message.Subject}\n{r.Message.TextBody}")];

    public override async ValueTask InitializeAsync() => server = await SmtpServer.StartAsync(new { user = "iomtad", password = Secret });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }

    protected override async Task<INotifier> ConnectAsync(ServiceMood mood, CancellationTokenSource late)
    {
        await server.BehaveAsync(mood switch
        {
            ServiceMood.RefusesForGood => new { mail = $"550 {Words}" },
            ServiceMood.RefusesForNow => new { mail = $"450 {Words}" },
            ServiceMood.HasHadEnough => new { mail = "421 too many" },
            ServiceMood.SaysNothing => new { close = "message" },
            _ => new object(),
        });
        return new EmailNotifier("mail", new EmailSettings("127.0.0.1", server.Port, SecureSocketOptions.None, "iomtad", Secret,
            MailboxAddress.Parse("iomtad@hospital.example"), [MailboxAddress.Parse("ward@hospital.example")]), Sample.Page);
    }
}
