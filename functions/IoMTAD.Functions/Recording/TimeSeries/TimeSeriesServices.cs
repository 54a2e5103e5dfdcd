using IoMTAD.Capture;
using IoMTAD.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>Time series beside the record. They need a <see cref="DeviceInventory"/>.</summary>
public static class TimeSeriesServices
{
    /// <exception cref="SettingsException">The section <c>Influx</c> is wrong.</exception>
    public static IServiceCollection AddTimeSeries(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = InfluxSettings.Read(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(p => new InfluxTimeSeries(settings, p.GetRequiredService<DeviceInventory>(), p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<InfluxTimeSeries>>()));
        services.AddHostedService(p => p.GetRequiredService<InfluxTimeSeries>());
        return services;
    }
}
