namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>TLS 1.3 records (RFC 8446): true headers and hello messages, random bytes where ciphertext would stand.</summary>
internal static class Tls
{
    public const int MqttPort = 8883;
    private const int Handshake = 22, ApplicationData = 23;

    public static int ClientHello(Span<byte> to, SimulationRandom random, string serverName)
    {
        var w = new ByteWriter(to);
        var body = BeginHello(ref w, 0x0301, 1);
        w.Random(random, 32);
        w.U8(32);
        w.Random(random, 32);
        w.U16(6);
        w.Bytes([0x13, 0x01, 0x13, 0x02, 0x13, 0x03]);
        w.Bytes([1, 0]);
        var extensions = w.Length;
        w.U16(0);
        Extension(ref w, 0, serverName.Length + 5);
        w.U16(serverName.Length + 3);
        w.U8(0);
        w.U16(serverName.Length);
        w.Text(serverName);
        Extension(ref w, 10, 6);
        w.Bytes([0, 4, 0, 0x1D, 0, 0x17]); // x25519, secp256r1
        Extension(ref w, 13, 8);
        w.Bytes([0, 6, 4, 3, 8, 4, 4, 1]);
        Extension(ref w, 43, 3);
        w.Bytes([2, 3, 4]);
        Extension(ref w, 51, 38);
        w.U16(36);
        KeyShare(ref w, random);
        w.PatchU16(extensions, w.Length - extensions - 2);
        return EndHello(ref w, body);
    }

    public static int ServerHello(Span<byte> to, SimulationRandom random)
    {
        var w = new ByteWriter(to);
        var body = BeginHello(ref w, 0x0303, 2);
        w.Random(random, 32);
        w.U8(32);
        w.Random(random, 32);
        w.Bytes([0x13, 0x01, 0]);
        w.U16(46);
        Extension(ref w, 43, 2);
        w.U16(0x0304);
        Extension(ref w, 51, 36);
        KeyShare(ref w, random);
        EndHello(ref w, body);
        ChangeCipherSpec(ref w);
        return w.Length;
    }

    /// <summary>What the client sends after the server's flight: the compatibility record and its Finished.</summary>
    public static int ClientFinished(Span<byte> to, SimulationRandom random)
    {
        var w = new ByteWriter(to);
        ChangeCipherSpec(ref w);
        return w.Length + Application(to[w.Length..], random, 53);
    }

    public static int Application(Span<byte> to, SimulationRandom random, int length)
    {
        var w = new ByteWriter(to);
        w.U8(ApplicationData);
        w.U16(0x0303);
        w.U16(length);
        w.Random(random, length);
        return w.Length;
    }

    private static int BeginHello(ref ByteWriter w, int recordVersion, int type)
    {
        w.U8(Handshake);
        w.U16(recordVersion);
        w.U16(0);
        w.U8(type);
        w.U8(0);
        w.U16(0);
        w.U16(0x0303);
        return 9;
    }

    private static int EndHello(ref ByteWriter w, int body)
    {
        w.PatchU16(3, w.Length - 5);
        w.PatchU16(body - 2, w.Length - body);
        return w.Length;
    }

    private static void KeyShare(ref ByteWriter w, SimulationRandom random)
    {
        w.U16(0x001D);
        w.U16(32);
        w.Random(random, 32);
    }

    private static void ChangeCipherSpec(ref ByteWriter w) => w.Bytes([20, 3, 3, 0, 1, 1]);

    private static void Extension(ref ByteWriter w, int type, int length)
    {
        w.U16(type);
        w.U16(length);
    }
}
