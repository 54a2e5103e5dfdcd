using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace IoMTAD.Functions.Tests;

public sealed class AzureHostTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("ClientId=5d1f4b0c-0000-0000-0000-000000000000;Authorization=AAD", true)]
    public async Task Telemetry_goes_out_with_the_hosts_own_identity_where_that_is_asked_for(string authentication, bool byIdentity)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kafka:Brokers"] = "127.0.0.1:1", ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true", ["ConnectionStrings:Record"] = "Host=127.0.0.1",
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=5d1f4b0c-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:1/",
            ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = authentication,
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddAzureHost(configuration, new HostingEnvironment { EnvironmentName = "Production" }).BuildServiceProvider();

        var options = services.GetRequiredService<IOptionsMonitor<AzureMonitorExporterOptions>>().CurrentValue;

        Assert.Equal(byIdentity ? services.GetRequiredService<TokenCredential>() : null, options.Credential);
        Assert.False(options.EnableTraceBasedLogsSampler);
    }
}
