using IoMTAD.Capture;

namespace IoMTAD.Core.Tests.Capture;

public sealed class DeviceAddressTests
{
    [Theory]
    [InlineData("02:00:00:aa:bb:01")]
    [InlineData("192.168.1.7")]
    [InlineData("fe80::1")]
    public void An_address_reads_back_as_it_was_written(string text)
    {
        Assert.True(DeviceAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
    }
}
