using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Recording;

namespace IoMTAD.Core.Tests.Recording;

public sealed class HashChainTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Any_change_to_an_event_shows() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>(), ArbMap.Default.ArbFor<NonEmptyString>(), (data, other) =>
        {
            var @event = Chain(data.Get);
            return HashChain.Holds(@event) && (other.Get == data.Get || !HashChain.Holds(@event with { Data = other.Get }))
                && !HashChain.Holds(@event with { Version = 2 }) && !HashChain.Holds(@event with { OccurredAt = Noon.AddTicks(1) })
                && !HashChain.Holds(@event with { Type = "Other" }) && !HashChain.Holds(@event with { PreviousHash = "00" });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Removing_an_event_shows_at_its_successor()
    {
        var first = Chain("1");
        var second = Link(first, "2");
        Assert.Equal("version 2 follows 0", new StreamChains().Follow(second));
        var whole = new StreamChains();
        Assert.Null(whole.Follow(first));
        Assert.Null(whole.Follow(second));
    }

    private static StoredEvent Chain(string data) => Link(new StoredEvent(0, "s", 0, "", "", Noon, Noon, "", "", HashChain.Genesis), data);

    private static StoredEvent Link(StoredEvent before, string data) => new(before.Position + 1, "s", before.Version + 1, $"id{before.Version}",
        "T", Noon, Noon, data, before.Hash, HashChain.Next(before.Hash, "s", before.Version + 1, $"id{before.Version}", "T", Noon, data));
}
