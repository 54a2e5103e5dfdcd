using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IoMTAD.Views.Exports;

/// <summary>Identifiers of STIX objects: the same content gives the same, so that a second export adds nothing.</summary>
/// <remarks>STIX 2.1 section 2.9; RFC 9562 section 5.5 (UUID version 5).</remarks>
internal static class StixIds
{
    /// <summary>The specification's own, for cyber-observable objects alone.</summary>
    private static readonly Guid Observables = new("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// <summary>Ours, for all others: the specification's must not be used there.</summary>
    private static readonly Guid Ours = new("6b0f3d52-6a9e-5f0e-9d6a-2f1f5f0c7a11");

    private static readonly JsonSerializerOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="contributing">The properties that the specification names, in the order of their names (RFC 8785).</param>
    public static string OfObservable(string type, params (string Name, object Value)[] contributing)
    {
        var json = string.Join(',', contributing.Select(p => $"{JsonSerializer.Serialize(p.Name, Canonical)}:{JsonSerializer.Serialize(p.Value, Canonical)}"));
        return $"{type}--{Version5(Observables, $"{{{json}}}")}";
    }

    public static string Of(string type, string identity) => $"{type}--{Version5(Ours, $"{type} {identity}")}";

    private static Guid Version5(Guid space, string name)
    {
        // SHA-1 is what the format asks for; nothing here depends on its strength.
#pragma warning disable CA5350
        var hash = SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)(hash[6] & 0x0F | 0x50);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
