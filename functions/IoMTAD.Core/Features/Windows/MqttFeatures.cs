using IoMTAD.Decoding;

namespace IoMTAD.Features;

internal struct MqttFeatures
{
    private Counts types;
    private int malformed;

    public void Add(in Packet packet)
    {
        malformed += packet.MqttMalformed;
        for (var left = packet.MqttPacketTypes; left != 0;)
        {
            var type = System.Numerics.BitOperations.TrailingZeroCount(left) >> 2;
            types[type] += packet.MqttCount(type);
            left &= ~(0xFUL << (type * 4));
        }
    }

    /// <remarks>Control packet types: MQTT 3.1.1 table 2.1.</remarks>
    public readonly void Write(Span<float> vector)
    {
        vector[(int)WindowColumn.MqttConnects] = WindowMath.Log1P(types[1]);
        vector[(int)WindowColumn.MqttConnacks] = WindowMath.Log1P(types[2]);
        vector[(int)WindowColumn.MqttPublishes] = WindowMath.Log1P(types[3]);
        vector[(int)WindowColumn.MqttAcks] = WindowMath.Log1P(types[4] + types[5] + types[6] + types[7] + types[9] + types[11]);
        vector[(int)WindowColumn.MqttSubscribes] = WindowMath.Log1P(types[8] + types[10]);
        vector[(int)WindowColumn.MqttPings] = WindowMath.Log1P(types[12] + types[13]);
        vector[(int)WindowColumn.MqttDisconnects] = WindowMath.Log1P(types[14]);
        vector[(int)WindowColumn.MqttMalformed] = WindowMath.Log1P(malformed);
    }
}
