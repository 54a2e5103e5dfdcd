using Confluent.Kafka;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Hosting.Settings;
using IoMTAD.Local.Capture.Kafka;
using IoMTAD.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Capture.Kafka;

public sealed class KafkaSettingsTests
{
    [Fact]
    public void Properties_are_read_from_lines_of_name_and_value()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("kafka"), "# secrets\n\nsecurity.protocol = sasl_ssl\n sasl.password=a=b #c\n");

        var properties = KafkaSettings.ReadProperties(folder.File("kafka"));

        Assert.Equal(new Dictionary<string, string> { ["security.protocol"] = "sasl_ssl", ["sasl.password"] = "a=b #c" }, properties);
    }

    [Fact]
    public void A_line_that_is_no_property_is_named_by_number_and_not_shown()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("kafka"), "acks=all\nhunter2\n");

        var error = Assert.Throws<SettingsException>(() => KafkaSettings.ReadProperties(folder.File("kafka")));

        Assert.Contains("kafka:2:", error.Message);
        Assert.DoesNotContain("hunter2", error.Message);
    }

    [Fact]
    public void An_absent_file_is_a_fault_in_the_input() =>
        Assert.Throws<SettingsException>(() => KafkaSettings.ReadProperties("/absent"));

    [Fact]
    public void Properties_tune_the_client_but_cannot_lose_records()
    {
        var settings = new KafkaSettings("b:1", Properties: new Dictionary<string, string>
        {
            ["enable.auto.commit"] = "true", ["enable.auto.offset.store"] = "true", ["bootstrap.servers"] = "other:1", ["auto.offset.reset"] = "latest",
        });

        var consumer = settings.Consumer();

        Assert.False(consumer.EnableAutoCommit);
        Assert.False(consumer.EnableAutoOffsetStore);
        Assert.Equal("b:1", consumer.BootstrapServers);
        Assert.Equal(AutoOffsetReset.Latest, consumer.AutoOffsetReset);
    }

    [Fact]
    public void A_property_that_librdkafka_does_not_know_is_named()
    {
        var settings = new KafkaSettings("b:1", Properties: new Dictionary<string, string> { ["no.such.property"] = "1" });

        var error = Assert.Throws<SettingsException>(() => new KafkaSegmentProducer(settings, NullLogger.Instance));

        Assert.Contains("no.such.property", error.Message);
    }

    [Fact]
    public void Settings_never_print_their_properties() =>
        Assert.DoesNotContain("hunter2", new KafkaSettings("b:1", Properties: new Dictionary<string, string> { ["sasl.password"] = "hunter2" }).ToString());
}
