using Azure.Core;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Capture;

/// <summary>All of the room Capture. It needs a <see cref="ScoringWorker"/>, and who is told of the group's offsets.</summary>
public static class CaptureServices
{
    /// <exception cref="SettingsException">The section <c>Kafka</c> is wrong.</exception>
    public static IServiceCollection AddCapture(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = KafkaConnection.Read(configuration);
        services.AddSingleton(connection);
        services.AddSingleton(p => new BrokerHealth(connection.Settings.Brokers, p.GetRequiredService<ILogger<DeadLetters>>()));
        services.AddSingleton<IDeadLetters>(p => new DeadLetters(connection.Settings, p.GetRequiredService<BrokerHealth>(),
            p.GetRequiredService<ILogger<DeadLetters>>(), p.GetRequiredService<TimeProvider>(), connection.TokenFor(p.GetRequiredService<TokenCredential>())));
        services.AddSingleton<TrafficIntake>();
        services.AddSingleton<ICommittedOffsets, KafkaCommittedOffsets>();
        services.AddSingleton<TrafficLag>();
        services.AddSingleton<OffsetAudit>();
        return services;
    }
}
