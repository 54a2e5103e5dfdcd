using IoMTAD.Policy;
using IoMTAD.Recording;

namespace IoMTAD.Core.Tests.Recording;

public sealed class EventTypesTests
{
    [Fact]
    public void Every_event_of_the_domain_can_be_stored()
    {
        var types = typeof(DomainEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DomainEvent))).Select(t => t.Name);
        Assert.Equal(types.Order(StringComparer.Ordinal), EventTypes.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_type_that_this_version_does_not_know_is_passed_over() => Assert.Null(EventTypes.Deserialize("Unheard", "{}"));
}
