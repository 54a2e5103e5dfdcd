using System.CommandLine;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Local.Capture.Kafka;

namespace IoMTAD.Local.Commands;

/// <summary>Options of the commands that speak to Kafka.</summary>
internal sealed class KafkaOptions
{
    private readonly Option<string?> brokers = new("--kafka") { Description = "Kafka brokers: host:port, comma-separated.", HelpName = "BROKERS" };
    private readonly Option<string> topic = new("--topic")
    {
        Description = "Topic of the traffic.", HelpName = "TOPIC", DefaultValueFactory = _ => KafkaSettings.DefaultTopic,
    };
    private readonly Option<string> group = new("--group")
    {
        Description = "Consumer group.", HelpName = "NAME", DefaultValueFactory = _ => KafkaSettings.DefaultGroup,
    };
    private readonly Option<string?> config = new("--kafka-config")
    {
        Description = "File of librdkafka properties (name=value): TLS, SASL. Keep secrets there, not on the command line.", HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(brokers);
        command.Add(topic);
        command.Add(group);
        command.Add(config);
    }

    /// <returns>Null where no brokers are named.</returns>
    public KafkaSettings? Read(ParseResult parsed)
    {
        if (parsed.GetValue(brokers) is not { } servers) return null;
        var properties = parsed.GetValue(config) is { } file ? KafkaSettings.ReadProperties(Files.Require([file])[0]) : null;
        var settings = new KafkaSettings(servers, Topic: parsed.GetValue(topic)!, Group: parsed.GetValue(group)!);
        return properties is null ? settings : settings with { Properties = properties };
    }
}
