using System.Text.Unicode;

namespace IoMTAD.Decoding.Applications;

/// <summary>What stands behind an MQTT fixed header, as far as one packet shows it: MQTT 3.1.1 and 5.0, section 3.</summary>
internal static class MqttBody
{
    private const int Connect = 1, ConnAck = 2, Publish = 3, PubRel = 6, PubComp = 7, Subscribe = 8, SubAck = 9, Unsubscribe = 10,
        UnsubAck = 11, PingReq = 12, PingResp = 13, Disconnect = 14;

    /// <param name="first">First byte of the fixed header, its flags already found sound.</param>
    /// <param name="body">As much of the <paramref name="remaining"/> bytes as this segment holds.</param>
    public static bool IsSound(byte first, ReadOnlySpan<byte> body, int remaining, ref ApplicationTraits traits)
    {
        var fields = new MqttFields(body, remaining);
        var qos = first >> 1 & 3;
        switch (first >> 4)
        {
            case Connect:
                traits |= ApplicationTraits.Request;
                ReadConnect(ref fields);
                break;
            case ConnAck:
                traits |= ApplicationTraits.Response;
                fields.Require(fields.Byte() <= 1);
                ReadReason(ref fields, failure: 1, ref traits);
                break;
            case Publish:
                if (qos > 0) traits |= ApplicationTraits.Request;
                ReadPublish(ref fields, qos);
                break;
            case >= 4 and <= PubComp:
                traits |= first >> 4 == PubRel ? ApplicationTraits.Request : ApplicationTraits.Response;
                fields.Require(fields.U16() != 0);
                if (remaining > 2) ReadReason(ref fields, failure: 0x80, ref traits);
                break;
            case Subscribe or Unsubscribe:
                traits |= ApplicationTraits.Request;
                ReadFilters(ref fields, withOptions: first >> 4 == Subscribe);
                break;
            case SubAck or UnsubAck:
                traits |= ApplicationTraits.Response;
                ReadReasons(ref fields, atLeastOne: first >> 4 == SubAck, ref traits);
                break;
            case PingReq or PingResp:
                traits |= first >> 4 == PingReq ? ApplicationTraits.Request : ApplicationTraits.Response;
                fields.Require(remaining == 0);
                break;
            case >= Disconnect when remaining > 0:
                ReadReason(ref fields, failure: 0x80, ref traits);
                break;
        }
        return !fields.IsBad;
    }

    /// <summary>A return code of 3.1.1, or a reason code of 5.0 with its properties.</summary>
    private static void ReadReason(ref MqttFields fields, byte failure, ref ApplicationTraits traits)
    {
        if (ReadCode(ref fields) >= failure) traits |= ApplicationTraits.Error;
        if (fields.Remaining > 0) fields.Properties();
        fields.Require(fields.Remaining == 0);
    }

    /// <summary>A code per filter, behind the properties of 5.0.</summary>
    private static void ReadReasons(ref MqttFields fields, bool atLeastOne, ref ApplicationTraits traits)
    {
        fields.Require(fields.U16() != 0);
        fields.Require(!atLeastOne || fields.Remaining > 0);
        var newer = fields;
        var worst = ReadCodes(ref fields);
        if (fields.IsBad)
        {
            newer.Properties();
            worst = ReadCodes(ref newer);
            fields = newer;
        }
        if (worst >= 0x80) traits |= ApplicationTraits.Error;
    }

    private static byte ReadCodes(ref MqttFields fields)
    {
        byte worst = 0;
        while (fields.Remaining > 0 && fields.CanGoOn) worst = Math.Max(worst, ReadCode(ref fields));
        return worst;
    }

    /// <summary>All codes that MQTT has assigned lie in two ranges (5.0, section 2.4).</summary>
    private static byte ReadCode(ref MqttFields fields)
    {
        var code = fields.Byte();
        fields.Require(code is < 0x20 or (>= 0x80 and < 0xA3));
        return code;
    }

    private static void ReadConnect(ref MqttFields fields)
    {
        var name = fields.Text();
        // Bridges of some brokers set the level's top bit.
        var level = fields.Byte() & 0x7F;
        var flags = fields.Byte();
        fields.U16();
        fields.Require(name.SequenceEqual("MQTT"u8) ? level is 4 or 5 : level == 3 && name.SequenceEqual("MQIsdp"u8));
        var hasWill = (flags & 0x04) != 0;
        var hasUser = (flags & 0x80) != 0;
        var hasPassword = (flags & 0x40) != 0;
        fields.Require((flags & 1) == 0 && (flags & 0x18) != 0x18);
        fields.Require(hasWill || (flags & 0x38) == 0);
        fields.Require(level == 5 || hasUser || !hasPassword);
        if (level == 5) fields.Properties();
        fields.Text();
        if (hasWill)
        {
            if (level == 5) fields.Properties();
            fields.Text();
            fields.Text();
        }
        if (hasUser) fields.Text();
        if (hasPassword) fields.Text();
        fields.Require(fields.Remaining == 0);
    }

    private static void ReadPublish(ref MqttFields fields, int qos)
    {
        var topic = fields.Text();
        fields.Require(topic.IndexOfAny((byte)'#', (byte)'+', (byte)0) < 0 && Utf8.IsValid(topic));
        if (qos > 0) fields.Require(fields.U16() != 0);
        // Without a name the topic must be an alias, a property of three bytes (5.0, section 3.3.2.3.4).
        if (topic.IsEmpty) fields.Require(fields.Byte() >= 3);
    }

    /// <summary>The filters of 3.1.1, or those of 5.0 behind their properties: the packet does not say which.</summary>
    private static void ReadFilters(ref MqttFields fields, bool withOptions)
    {
        fields.Require(fields.U16() != 0);
        var newer = fields;
        ReadFilterList(ref fields, withOptions, largestOptions: 2);
        if (!fields.IsBad) return;
        newer.Properties();
        ReadFilterList(ref newer, withOptions, largestOptions: 0x3F);
        fields = newer;
    }

    private static void ReadFilterList(ref MqttFields fields, bool withOptions, byte largestOptions)
    {
        do
        {
            fields.Require(!fields.Text().IsEmpty);
            if (withOptions) fields.Require(fields.Byte() is var options && options <= largestOptions && (options & 3) != 3);
        }
        while (fields.Remaining > 0 && fields.CanGoOn);
    }
}
