using Azure.Core;
using Confluent.Kafka;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Capture;

/// <summary>How this host itself speaks to the brokers, for dead letters and the audit of offsets; the trigger has its own settings
/// of the same names.</summary>
/// <param name="Settings">Brokers, topics, group, and what TLS and SASL need.</param>
/// <param name="IsEntra">Tokens of the host's identity instead of a password.</param>
public sealed record KafkaConnection(KafkaSettings Settings, bool IsEntra)
{
    private const string Section = "Kafka";

    /// <exception cref="SettingsException">A setting is absent or wrong; the message names it.</exception>
    public static KafkaConnection Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var brokers = section["Brokers"] is { Length: > 0 } given ? given
            : throw new SettingsException("Kafka:Brokers is missing: give for example \"localhost:9092\" or \"NAMESPACE.servicebus.windows.net:9093\"");
        var authentication = section["Authentication"] is { Length: > 0 } named ? named : "None";
        IReadOnlyDictionary<string, string> properties = authentication.ToUpperInvariant() switch
        {
            "NONE" => new Dictionary<string, string>(),
            "PLAIN" => new Dictionary<string, string>
            {
                ["security.protocol"] = "sasl_ssl", ["sasl.mechanisms"] = "PLAIN",
                ["sasl.username"] = Required("Username"), ["sasl.password"] = Required("Password"),
            },
            "ENTRA" => new Dictionary<string, string> { ["security.protocol"] = "sasl_ssl", ["sasl.mechanisms"] = "OAUTHBEARER" },
            _ => throw new SettingsException($"Kafka:Authentication is '{authentication}': write None, Plain or Entra"),
        };
        return new(new KafkaSettings(brokers, section["Topic"] ?? KafkaSettings.DefaultTopic,
            section["DeadLetterTopic"] ?? KafkaSettings.DefaultDeadLetterTopic,
            section["Group"] ?? KafkaSettings.DefaultGroup, properties), IsEntra: authentication.Equals("Entra", StringComparison.OrdinalIgnoreCase));

        string Required(string key) => section[key] is { Length: > 0 } value ? value : throw new SettingsException($"Kafka:{key} is missing: Plain needs it");
    }

    /// <summary>Gives a client the host's token, each time the old one runs out; null where none is used.</summary>
    public Action<IClient, string>? TokenFor(TokenCredential credential) => IsEntra ? (client, _) => Renew(client, credential) : null;

    // What goes wrong here is the client's to report and to repeat: an exception on its thread would end the process.
    private void Renew(IClient client, TokenCredential credential)
    {
        try
        {
            var host = Settings.Brokers.Split(',')[0].Split(':')[0];
            var token = credential.GetToken(new TokenRequestContext([$"https://{host}/.default"]), CancellationToken.None);
            client.OAuthBearerSetToken(token.Token, token.ExpiresOn.ToUnixTimeMilliseconds(), "iomtad");
        }
        catch (Exception e)
        {
            client.OAuthBearerSetTokenFailure(e.Message);
        }
    }
}
