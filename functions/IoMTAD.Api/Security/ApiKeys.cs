using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IoMTAD.Api.Security;

/// <param name="Sha256">Of the key, lower-case hex: the key itself is kept nowhere.</param>
public sealed record ApiKey(string Name, Role Role, string Sha256);

/// <summary>The accounts that may use the API from other machines.</summary>
public sealed class ApiKeys(IReadOnlyList<ApiKey> keys)
{
    /// <summary>256 random bits: no salt and no slow hash is needed to keep them from being guessed.</summary>
    private const int KeyBytes = 32;

    public static ApiKeys None { get; } = new([]);

    public IReadOnlyList<ApiKey> Accounts => keys;

    /// <returns>Null where nobody has this key.</returns>
    public ApiKey? Find(string key)
    {
        var digest = Encoding.ASCII.GetBytes(Digest(key));
        ApiKey? found = null;
        // All are compared, in constant time each: how long it takes says nothing.
        foreach (var known in keys)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(known.Sha256), digest)) found = known;
        return found;
    }

    /// <summary>Makes a key for a new account.</summary>
    /// <returns>The key, to be shown once, and the accounts with the new one.</returns>
    /// <exception cref="FormatException">The name is taken or is none.</exception>
    public (string Key, ApiKeys Keys) Add(string name, Role role)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 64 || name.Any(char.IsControl))
            throw new FormatException("an account needs a name of 1 to 64 characters");
        if (keys.Any(k => k.Name == name)) throw new FormatException($"there is an account '{name}' already: revoke it first, or choose another name");
        var key = "iomtad_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        return (key, new ApiKeys([.. keys, new ApiKey(name, role, Digest(key))]));
    }

    /// <returns>The accounts without this one; null where there is none of this name.</returns>
    public ApiKeys? Remove(string name) => keys.Any(k => k.Name == name) ? new([.. keys.Where(k => k.Name != name)]) : null;

    /// <summary>Reads a JSON array of <c>{"name", "role", "sha256"}</c>.</summary>
    /// <exception cref="FormatException">Not such an array.</exception>
    public static ApiKeys Parse(string json)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<ApiKey[]>(json, ApiJson.Options) ?? [];
            return keys.All(k => k is { Name: not null, Sha256.Length: 64 })
                ? new(keys)
                : throw new FormatException("API keys: an account lacks its name or digest");
        }
        catch (JsonException e)
        {
            throw new FormatException($"API keys: line {e.LineNumber + 1}: not a JSON array of accounts with name, role and sha256", e);
        }
    }

    public string Write() => JsonSerializer.Serialize(keys, new JsonSerializerOptions(ApiJson.Options) { WriteIndented = true });

    private static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
