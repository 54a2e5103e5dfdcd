using IoMTAD.Response;

namespace IoMTAD.Tests.Response;

/// <summary>How the service behind a channel takes a message.</summary>
public enum ServiceMood { Accepts, RefusesForGood, RefusesForNow, HasHadEnough, SaysNothing }

/// <summary>What every channel that reaches a service promises. One passes it by a subclass that connects it to a real server.</summary>
public abstract class NotifierContract : IAsyncLifetime
{
    /// <summary>The password, key or secret path that the service knows the channel by.</summary>
    protected const string Secret = "hush-hush";

    /// <summary>What the service says when it refuses.</summary>
    protected const string Words = "not from you";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>When a service that has had enough wants to hear of us again, where it can say so; null where it cannot.</summary>
    protected virtual DateTimeOffset? ComeBackAt => Sample.Now.AddSeconds(120);

    /// <summary>What the service was told, without headers, once it was told something.</summary>
    protected abstract Task<IReadOnlyList<string>> HeardAsync();

    /// <summary>A channel whose service behaves so. It gives up where <paramref name="late"/> says that it takes too long.</summary>
    protected abstract Task<INotifier> ConnectAsync(ServiceMood mood, CancellationTokenSource late);

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_the_service_accepts_is_delivered_once_and_says_which_device_and_where_to_look()
    {
        using var late = new CancellationTokenSource();
        var notifier = await ConnectAsync(ServiceMood.Accepts, late);
        Assert.Null(await notifier.NotifyAsync(Sample.Notification(), Cancellation));

        var heard = Assert.Single(await HeardAsync());
        foreach (var expected in (string[])["High", "pump-03", "icu-1", "1b2c3d4e5f60", "https://iomtad.hospital.example/"])
            Assert.Contains(expected, heard, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_refuses_for_good_is_not_tried_again_and_its_words_are_kept()
    {
        var fault = await FailsAsync(ServiceMood.RefusesForGood);
        Assert.Equal((DeliveryFault.Permanent, false), (fault.Fault, fault.IsRateLimit));
        Assert.Contains(Words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_refuses_for_now_is_tried_again()
    {
        var fault = await FailsAsync(ServiceMood.RefusesForNow);
        Assert.Equal((DeliveryFault.Temporary, null), (fault.Fault, fault.RetryAt));
    }

    [Fact]
    public async Task A_service_that_has_had_enough_is_left_alone_until_it_says()
    {
        var fault = await FailsAsync(ServiceMood.HasHadEnough);
        Assert.Equal((DeliveryFault.Temporary, ComeBackAt, ComeBackAt is not null), (fault.Fault, fault.RetryAt, fault.IsRateLimit));
    }

    [Fact]
    public async Task Without_an_answer_nobody_knows_whether_it_was_delivered() =>
        Assert.Equal(DeliveryFault.Unknown, (await FailsAsync(ServiceMood.SaysNothing)).Fault);

    private async Task<DeliveryException> FailsAsync(ServiceMood mood)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var notifier = await ConnectAsync(mood, late);
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => notifier.NotifyAsync(Sample.Notification(), late.Token));
        Assert.DoesNotContain(Secret, fault.Message, StringComparison.Ordinal);
        return fault;
    }
}
