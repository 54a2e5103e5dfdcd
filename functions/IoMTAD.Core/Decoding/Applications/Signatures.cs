namespace IoMTAD.Decoding.Applications;

/// <summary>
/// First bytes that tell an application on a port that is not its own. Few and strict: a wrong name misleads all that follows.
/// </summary>
internal static class Signatures
{
    public static ApplicationProtocol Find(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 6) return ApplicationProtocol.None;
        switch (bytes[0])
        {
            case 0x01 or 0x02 when Dicom.IsAssociation(bytes): return ApplicationProtocol.Dicom;
            case 0x0B when bytes[1..].StartsWith("MSH"u8): return ApplicationProtocol.Hl7;
            case 0x10 when Mqtt.IsConnect(bytes): return ApplicationProtocol.Mqtt;
            case >= 20 and <= 23 when bytes[1] == 3 && bytes[2] is >= 1 and <= 4: return ApplicationProtocol.Tls;
            case (byte)'S' when bytes.StartsWith("SSH-"u8): return ApplicationProtocol.Ssh;
            default: return Http.IsMessage(bytes) ? ApplicationProtocol.Http : ApplicationProtocol.None;
        }
    }
}
