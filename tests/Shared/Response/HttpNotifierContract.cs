using System.Globalization;
using IoMTAD.Response;
using Microsoft.AspNetCore.Http;

namespace IoMTAD.Tests.Response;

/// <summary>The contract for channels that post to a service of the web.</summary>
public abstract class HttpNotifierContract : NotifierContract
{
    private HttpReceiver receiver = null!;

    protected override Task<IReadOnlyList<string>> HeardAsync() => Task.FromResult<IReadOnlyList<string>>([.. receiver.Received.Select(r => r.Body)]);

    /// <summary>As this service words a refusal.</summary>
    protected virtual string Refusal => Words;

    /// <summary>As this service answers what it accepts.</summary>
    protected virtual Task AcceptAsync(HttpContext context) => HttpReceiver.Accept(context);

    /// <summary>The header by which this service says when to come back, and its value.</summary>
    protected virtual (string Name, string Value) ComeBack => ("Retry-After", "120");

    /// <param name="url">Of the service.</param>
    protected abstract INotifier Create(Uri url, TimeProvider time);

    public override async ValueTask InitializeAsync() => receiver = await HttpReceiver.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await receiver.DisposeAsync();
    }

    protected override Task<INotifier> ConnectAsync(ServiceMood mood, CancellationTokenSource late)
    {
        receiver.Answer = mood switch
        {
            ServiceMood.Accepts => AcceptAsync,
            ServiceMood.RefusesForGood => HttpReceiver.Refuse(403, Refusal),
            ServiceMood.RefusesForNow => HttpReceiver.Refuse(503, Refusal),
            ServiceMood.HasHadEnough => HttpReceiver.Refuse(429, "", ComeBack.Name, ComeBack.Value),
            _ => context => SayNothingAsync(context, late),
        };
        return Task.FromResult(Create(receiver.Url, Sample.Clock));
    }

    protected static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    // Heard it all, and then: we lose patience.
    private static async Task SayNothingAsync(HttpContext context, CancellationTokenSource late)
    {
        await late.CancelAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
