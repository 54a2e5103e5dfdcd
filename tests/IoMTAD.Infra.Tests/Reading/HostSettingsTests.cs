using IoMTAD.Infra.Reading;
using IoMTAD.Tests;

namespace IoMTAD.Infra.Tests.Reading;

public sealed class HostSettingsTests
{
    private readonly HostSettings settings = new(new DeploymentTree(SharedData.RepositoryRoot));

    [Theory]
    [InlineData("Kafka:Brokers")]
    [InlineData("Kafka:AuditSchedule")]
    [InlineData("Influx:Token")]
    [InlineData("Models:Container")]
    [InlineData("Training:FalseAlarmRate")]
    [InlineData("Record:Authentication")]
    [InlineData("ConnectionStrings:Record")]
    [InlineData("AzureWebJobs.ScoreTrafficPlain.Disabled")]
    [InlineData("AzureFunctionsJobHost:Logging:Console:IsEnabled")]
    [InlineData("AzureFunctionsJobHost:extensions:durableTask:storageProvider:type")]
    [InlineData("notifications:channels:mail:password")]
    public void What_the_source_reads_is_known(string name) => Assert.True(settings.Knows(name));

    [Theory]
    [InlineData("Kafka:Broker")]
    [InlineData("Topic")]
    [InlineData("AzureFunctionsJobHost:extensions:kafka:maxBatchSise")]
    [InlineData("AzureWebJobs.ScoreTrafic.Disabled")]
    public void What_it_does_not_read_is_not(string name) => Assert.False(settings.Knows(name));

    [Fact]
    public void What_has_no_default_is_missed()
    {
        var missing = settings.MissingFrom(new Dictionary<string, string>()).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string> { "ConnectionStrings:Record", "Kafka:Brokers", "Kafka:Username", "Training:Schedule", "AzureWebJobsStorage" }, missing);
        Assert.DoesNotContain("Kafka:DeadLetterTopic", missing);
    }

    [Fact]
    public void A_password_is_not_missed_where_the_function_that_needs_it_is_off() =>
        Assert.DoesNotContain("Kafka:Password", settings.MissingFrom(new Dictionary<string, string> { ["AzureWebJobs.ScoreTraffic.Disabled"] = "true" }));
}
