using IoMTAD.Decoding;
using static IoMTAD.Core.Tests.Decoding.Build;

namespace IoMTAD.Core.Tests.Decoding.Applications;

public sealed class MqttTests
{
    private static readonly byte[] Connect = Hex("10 10 0004 4D515454 04 02 003C 0004 70756D70");

    private static readonly byte[] Publish = Hex("30 07 0003 612F62 3132");

    private static Packet Read(params byte[][] parts) => Decode.TcpPayload(1883, Join(parts));

    [Theory]
    [InlineData("10 10 0004 4D515454 04 02 003C 0004 70756D70", 1, ApplicationTraits.Request)]
    [InlineData("10 11 0004 4D515454 05 02 003C 00 0004 70756D70", 1, ApplicationTraits.Request)]
    [InlineData("10 10 0006 4D5149736470 03 02 003C 0002 7075", 1, ApplicationTraits.Request)]
    [InlineData("10 1C 0004 4D515454 04 CE 003C 0004 70756D70 0001 74 0001 6D 0001 75 0001 70", 1, ApplicationTraits.Request)]
    [InlineData("20 02 00 00", 2, ApplicationTraits.Response)]
    [InlineData("20 02 00 05", 2, ApplicationTraits.Response | ApplicationTraits.Error)]
    [InlineData("20 03 00 00 00", 2, ApplicationTraits.Response)]
    [InlineData("30 07 0003 612F62 3132", 3, ApplicationTraits.None)]
    [InlineData("32 09 0003 612F62 0001 3132", 3, ApplicationTraits.Request)]
    [InlineData("30 06 0000 03 230001", 3, ApplicationTraits.None)]
    [InlineData("40 02 0001", 4, ApplicationTraits.Response)]
    [InlineData("40 03 0001 87", 4, ApplicationTraits.Response | ApplicationTraits.Error)]
    [InlineData("62 02 0001", 6, ApplicationTraits.Request)]
    [InlineData("82 08 0001 0003 612F62 01", 8, ApplicationTraits.Request)]
    [InlineData("82 09 0001 00 0003 612F62 2C", 8, ApplicationTraits.Request)]
    [InlineData("90 03 0001 01", 9, ApplicationTraits.Response)]
    [InlineData("90 03 0001 80", 9, ApplicationTraits.Response | ApplicationTraits.Error)]
    [InlineData("A2 07 0001 0003 612F62", 10, ApplicationTraits.Request)]
    [InlineData("B0 02 0001", 11, ApplicationTraits.Response)]
    [InlineData("C0 00", 12, ApplicationTraits.Request)]
    [InlineData("D0 00", 13, ApplicationTraits.Response)]
    [InlineData("E0 00", 14, ApplicationTraits.None)]
    [InlineData("E0 02 8D 00", 14, ApplicationTraits.Error)]
    [InlineData("F0 02 18 00", 15, ApplicationTraits.None)]
    public void A_sound_packet_is_counted_by_its_type(string hex, int type, ApplicationTraits traits)
    {
        var packet = Read(Hex(hex));
        Assert.Equal(ApplicationProtocol.Mqtt, packet.Application);
        Assert.Equal(1, packet.ApplicationMessages);
        Assert.Equal(1, packet.MqttCount(type));
        Assert.Equal(1UL << type * 4, packet.MqttPacketTypes);
        Assert.Equal(traits, packet.ApplicationTraits);
        Assert.Equal(0, packet.MqttMalformed);
    }

    [Theory]
    [InlineData("00 00")] // type 0 is reserved
    [InlineData("11 10 0004 4D515454 04 02 003C 0004 70756D70")] // CONNECT with reserved flags
    [InlineData("10 10 0004 4D515458 04 02 003C 0004 70756D70")] // protocol name MQTX
    [InlineData("10 40 0004 4D515458 04 02 003C 0004 70756D70")] // the same, its length beyond the segment
    [InlineData("10 10 0004 4D515454 07 02 003C 0004 70756D70")] // level 7
    [InlineData("10 10 0004 4D515454 04 03 003C 0004 70756D70")] // reserved connect flag
    [InlineData("10 10 0004 4D515454 04 1C 003C 0004 70756D70")] // will with QoS 3
    [InlineData("10 10 0004 4D515454 04 08 003C 0004 70756D70")] // will QoS without will
    [InlineData("10 10 0004 4D515454 04 42 003C 0004 70756D70")] // password without user
    [InlineData("10 10 0004 4D515454 04 02 003C 0009 70756D70")] // client id beyond the packet
    [InlineData("10 11 0004 4D515454 04 02 003C 0004 70756D70 00")] // a byte too many
    [InlineData("10 FF FF FF FF 7F")] // a length of five bytes
    [InlineData("36 09 0003 612F62 0001 3132")] // PUBLISH with QoS 3
    [InlineData("38 07 0003 612F62 3132")] // a duplicate at QoS 0
    [InlineData("30 07 0003 612F23 3132")] // a wildcard in the topic
    [InlineData("30 07 0003 610062 3132")] // a null in the topic
    [InlineData("30 07 0003 61FF62 3132")] // no UTF-8
    [InlineData("30 07 0009 612F62 3132")] // topic beyond the packet
    [InlineData("32 09 0003 612F62 0000 3132")] // packet identifier 0
    [InlineData("60 02 0001")] // PUBREL with flags 0
    [InlineData("80 08 0001 0003 612F62 01")] // SUBSCRIBE with flags 0
    [InlineData("82 08 0001 0003 612F62 03")] // QoS 3 asked for
    [InlineData("82 02 0001")] // SUBSCRIBE without a filter
    [InlineData("C0 01 00")] // PINGREQ with a body
    public void A_packet_that_breaks_the_standard_is_malformed(string hex)
    {
        var packet = Read(Hex(hex));
        Assert.Equal(ApplicationProtocol.Mqtt, packet.Application);
        Assert.True(packet.ApplicationTraits.HasFlag(ApplicationTraits.Malformed));
        Assert.Equal(1, packet.MqttMalformed);
        Assert.Equal(1, packet.ApplicationMessages);
    }

    [Fact]
    public void Several_control_packets_in_one_segment_are_all_counted()
    {
        var packet = Read(Connect, Publish, Publish, Hex("30 07 0003 612F23 3132"), Hex("C000"));
        Assert.Equal(5, packet.ApplicationMessages);
        Assert.Equal((1, 3, 1), (packet.MqttCount(1), packet.MqttCount(3), packet.MqttCount(12)));
        Assert.Equal(1, packet.MqttMalformed);
    }

    [Fact]
    public void The_count_of_a_type_stops_at_fifteen()
    {
        var packet = Read([.. Enumerable.Repeat(Publish, 40)]);
        Assert.Equal((40, 15), (packet.ApplicationMessages, packet.MqttCount(3)));
        Assert.Equal(0xFUL << 12, packet.MqttPacketTypes);
    }

    [Fact]
    public void A_packet_that_goes_on_in_the_next_segment_counts_where_it_begins()
    {
        var packet = Read(Publish, Hex("30 8004 0003 612F62"), new byte[100]);
        Assert.Equal((2, 2, 0), (packet.ApplicationMessages, packet.MqttCount(3), packet.MqttMalformed));
    }

    [Theory]
    [InlineData("7B2274656D70223A33362E372C22756E6974223A2243227D")] // {"temp":36.7,"unit":"C"}
    [InlineData("35312E322C35312E342C35312E39")] // 51.2,51.4,51.9
    [InlineData("0000000000000000000000000000")]
    [InlineData("FFD8FFE000104A4649460001")]
    [InlineData("00")]
    public void The_middle_of_a_message_is_a_continuation_and_never_malformed(string hex)
    {
        var packet = Read(Hex(hex));
        Assert.Equal(ApplicationProtocol.Mqtt, packet.Application);
        Assert.Equal(ApplicationTraits.Continuation, packet.ApplicationTraits);
        Assert.Equal(0, packet.ApplicationMessages);
    }

    [Fact]
    public void Random_bytes_are_hardly_ever_called_malformed()
    {
        var random = new Random(7);
        var malformed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var payload = new byte[200 + random.Next(1200)];
            random.NextBytes(payload);
            malformed += Read(payload).MqttMalformed > 0 ? 1 : 0;
        }
        Assert.InRange(malformed, 0, 10);
    }

    [Fact]
    public void A_connect_is_known_on_any_port() => Assert.Equal(ApplicationProtocol.Mqtt, Decode.TcpPayload(4321, Connect).Application);

    [Fact]
    public void Bytes_that_snaplen_cut_off_are_taken_for_sound()
    {
        var whole = TcpFrame(50_000, 1883, Join(Connect, Publish));
        var packet = Decode.Sound(whole[..62], wireLength: whole.Length);
        Assert.Equal((1, 0), (packet.MqttCount(1), packet.MqttMalformed));
    }
}
