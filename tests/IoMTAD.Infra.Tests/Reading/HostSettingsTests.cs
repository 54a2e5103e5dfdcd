using IoMTAD.Infra.Reading;
using IoMTAD.Tests;

namespace IoMTAD.Infra.Tests.Reading;

public sealed class HostSettingsTests
{
    private readonly HostSettings settings = new(new DeploymentTree(SharedData.RepositoryRoot), new Report("test"));

    [Theory]
    [InlineData("Kafka:Brokers")]
    [InlineData("Kafka:AuditSchedule")]
    [InlineData("Influx:Token")]
    [InlineData("Models:Container")]
    [InlineData("Training:FalseAlarmRate")]
    [InlineData("Record:Authentication")]
    [InlineData("ConnectionStrings:Record")]
    [InlineData("AzureWebJobs.ScoreTrafficPlain.Disabled")]
    [InlineData("notifications:channels:mail:password")]
    public void What_the_source_reads_is_known(string name) => Assert.True(settings.Knows(name));

    [Theory]
    [InlineData("Kafka:Broker")]
    [InlineData("Topic")]
    [InlineData("AzureWebJobs.ScoreTrafic.Disabled")]
    public void What_it_does_not_read_is_not(string name) => Assert.False(settings.Knows(name));

    [Fact]
    public void What_has_no_default_is_missed()
    {
        Assert.Equal(
        [
            "ConnectionStrings:Record", "Kafka:AuditSchedule", "Kafka:Brokers", "Kafka:Group", "Kafka:Password", "Kafka:Topic", "Kafka:Username", "Response:Schedule",
            "Training:Schedule", "AzureWebJobsStorage",
        ], settings.MissingFrom(new Dictionary<string, string>()));
    }
}
