using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using IoMTAD.Api;
using IoMTAD.Api.Live;
using IoMTAD.Api.Security;
using IoMTAD.Capture;
using IoMTAD.Functions.Capture;
using IoMTAD.Functions.Inference;
using IoMTAD.Functions.Recording;
using IoMTAD.Functions.Recording.TimeSeries;
using IoMTAD.Functions.Response;
using IoMTAD.Functions.Training;
using IoMTAD.Functions.Views;
using IoMTAD.Hosting.Settings;
using IoMTAD.Hosting.Views;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace IoMTAD.Functions;

/// <summary>The Azure host, room by room.</summary>
public static class AzureHost
{
    private const string Either = "Either";

    /// <exception cref="SettingsException">A setting is absent or wrong; the message names it and says what to write.</exception>
    public static IServiceCollection AddAzureHost(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.AddSingleton(_ => InventoryFile.Read(configuration, AppContext.BaseDirectory));
        services.AddCapture(configuration);
        services.AddRecord();
        services.AddTimeSeries(configuration);
        services.AddResponse(configuration);
        services.AddModels(configuration);
        services.AddTraining(configuration);
        services.AddViews();
        services.AddSingleton<HostMetrics>();
        services.AddSingleton<ScoringWorker>();
        services.AddSingleton<Action<StoredBatch>>(p => new BatchListeners(p).Hear);
        services.AddSingleton<Action<IReadOnlyList<GroupOffsets>>>(p =>
        {
            var (lag, series) = (p.GetRequiredService<TrafficLag>(), p.GetRequiredService<InfluxTimeSeries>());
            return offsets =>
            {
                lag.Observe(offsets);
                series.Add(offsets);
            };
        });
        AddWard(services);
        AddAccess(services, configuration, environment);
        AddTelemetry(services, configuration);
        return services;
    }

    private static void AddWard(IServiceCollection services)
    {
        services.AddSingleton(p => new LiveWard(p.GetRequiredService<DeviceInventory>()) { Activity = "the record of all instances" });
        services.AddSingleton<ILiveWard>(p => p.GetRequiredService<LiveWard>());
        services.AddSingleton<EventFeed>().AddSingleton<LastHeard>().AddSingleton<RecordFeed>();
        services.AddHostedService(p => p.GetRequiredService<RecordFeed>());
        services.AddSingleton<ApiPipeline>();
    }

    private static void AddAccess(IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var keys = configuration["Access:Keys"] is { Length: > 0 } json ? Parse(json) : ApiKeys.None;
        services.AddRouting();
        // The Functions host asks from this very machine, for whomever: an address proves nothing.
        services.AddIomtadApi(new AccessOptions(keys, TrustsLoopback: false, LocalAccount: "nobody"));
        services.AddSingleton(new PlatformAccess(
            IsTrusted: string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase),
            Developer: environment.IsDevelopment() ? "developer" : null));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, PlatformPrincipal>(PlatformPrincipal.SchemeName, null)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 && context.Request.Headers[PlatformPrincipal.Header].Count == 0
                    ? ApiKeyHandler.SchemeName : PlatformPrincipal.SchemeName);
        services.Configure<AuthenticationOptions>(options =>
            options.DefaultScheme = options.DefaultAuthenticateScheme = options.DefaultChallengeScheme = Either);
    }

    private static void AddTelemetry(IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry().UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter("IoMTAD*", "System.Runtime"))
            .WithTracing(tracing => tracing.AddSource("IoMTAD*"));
        // What a batch or a request holds is in none of it: positions, counts and times are.
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 }) telemetry.UseOtlpExporter();
        if (configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is not { Length: > 0 }) return;
        telemetry.UseAzureMonitorExporter();
        services.AddOptions<AzureMonitorExporterOptions>().Configure<TokenCredential>((options, credential) =>
        {
            // Of traces only a share is kept; alerts are made of logs, which have to come whole.
            options.EnableTraceBasedLogsSampler = false;
            // As the Functions host reads it: where it is set, the connection string alone opens nothing.
            if (configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] is { Length: > 0 }) options.Credential = credential;
        });
    }

    private static ApiKeys Parse(string json)
    {
        try
        {
            return ApiKeys.Parse(json);
        }
        catch (FormatException e)
        {
            throw new SettingsException($"Access:Keys: {e.Message}");
        }
    }
}
