using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Training.Models.Networks;

namespace IoMTAD.Training.Tests.Models.Networks;

public sealed class NetworkCheckpointTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_taken_up_after_any_epoch_ends_with_the_same_bits(bool validated)
    {
        var saved = new List<byte[]>();
        var whole = Fit(validated).Run(null, bytes => saved.Add(bytes.ToArray()));
        Assert.Equal(NetworkToy.Options.Epochs, saved.Count);
        foreach (var checkpoint in saved)
        {
            var fit = Fit(validated);
            Assert.True(fit.TryRestore(checkpoint, out _));
            var last = checkpoint;
            var resumed = fit.Run(null, bytes => last = bytes.ToArray());
            Assert.True(whole.Network.Parameters.Span.SequenceEqual(resumed.Network.Parameters.Span));
            Assert.Equal((whole.Loss, whole.Epochs), (resumed.Loss, resumed.Epochs));
            Assert.Equal(saved[^1], last);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        var checkpoint = Checkpoint();
        Refuses(NetworkToy.Options with { Seed = 99 }, 400);
        Refuses(NetworkToy.Options with { Epochs = 99 }, 400);
        Refuses(NetworkToy.Options, 380);
        var threads = NetworkFit.Classifier(
            NetworkToy.Shape, NetworkToy.Options with { Threads = 2 }, NetworkToy.Data(400, 1), NetworkToy.Data(200, 2));
        Assert.True(threads.TryRestore(checkpoint, out _));

        void Refuses(NetworkOptions options, int count)
        {
            var fit = NetworkFit.Classifier(NetworkToy.Shape, options, NetworkToy.Data(count, 1), NetworkToy.Data(200, 2));
            Assert.False(fit.TryRestore(checkpoint, out var error));
            Assert.Contains("another", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_checkpoint_with_any_byte_changed_or_missing_is_refused()
    {
        var (checkpoint, fit) = (Checkpoint(), Fit(true));
        Prop.ForAll(Gen.Choose(0, checkpoint.Length - 1).ToArbitrary(), at =>
        {
            var changed = checkpoint.ToArray();
            changed[at] ^= 4;
            return !fit.TryRestore(changed, out _) && !fit.TryRestore(checkpoint.AsSpan(0, at), out _);
        }).QuickCheckThrowOnFailure();
        Assert.True(fit.TryRestore(checkpoint, out _));
    }

    private static byte[] Checkpoint()
    {
        byte[]? first = null;
        Fit(true).Run(null, bytes => first ??= bytes.ToArray());
        return first!;
    }

    private static NetworkFit Fit(bool validated) => NetworkFit.Classifier(
        NetworkToy.Shape, NetworkToy.Options, NetworkToy.Data(400, 1), validated ? NetworkToy.Data(200, 2) : null);
}
