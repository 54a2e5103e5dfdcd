using Azure.Core;
using Azure.Identity;
using Azure.Storage.Queues;
using IoMTAD.Api.Desks;
using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Hosting.Response.Settings;
using IoMTAD.Hosting.Settings;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Response;

/// <summary>All of the room Response. It needs an <see cref="ITransactionalStore"/>, and for the page an <see cref="INotificationReads"/>.</summary>
public static class ResponseServices
{
    private const string FileName = "iomtad.json";

    /// <param name="configuration">Its section <c>notifications</c> overrides the one of <c>iomtad.json</c> beside the program.</param>
    /// <exception cref="SettingsException">It is wrong: the message names each fault.</exception>
    public static IServiceCollection AddResponse(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = Read(configuration, AppContext.BaseDirectory);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.AddSingleton(settings);
        services.AddSingleton<ICommitFollower, OutboxFollower>();
        // Of another instance nobody here knows whether it is alive: only time ends its leases.
        services.AddSingleton(p => new SqlOutbox(p.GetRequiredService<ITransactionalStore>(), $"{Environment.MachineName} {Environment.ProcessId}"));
        services.AddSingleton<IOutbox>(p => p.GetRequiredService<SqlOutbox>());
        services.AddSingleton<IFollowUps, SqlFollowUps>();
        services.AddSingleton<NotifierSurroundings>(p =>
            new CloudSurroundings(p.GetRequiredService<TokenCredential>(), settings.BaseAddress, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new Notifications(settings, p.GetRequiredService<NotifierSurroundings>(), p.GetRequiredService<ITransactionalStore>(),
            p.GetRequiredService<SqlOutbox>(), p.GetRequiredService<IFollowUps>()));
        services.TryAddSingleton(p => p.GetRequiredService<Notifications>().Policy);
        services.AddSingleton(p => p.GetRequiredService<Notifications>().CreateWorker());
        services.AddSingleton(p => new OutboxBell(Queue(configuration, p.GetRequiredService<TokenCredential>()), p.GetRequiredService<ILogger<OutboxBell>>()));
        services.AddHostedService(p => p.GetRequiredService<OutboxBell>());
        services.AddSingleton<INotificationDesk>(p => new NotificationDesk(p.GetRequiredService<Notifications>(),
            p.GetRequiredService<INotificationReads>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<OutboxBell>().Ring));
        return services;
    }

    /// <summary>Without a configuration nobody is told of anything.</summary>
    internal static NotificationSettings Read(IConfiguration configuration, string folder)
    {
        List<string> faults = [];
        var combined = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder, FileName), optional: true).AddConfiguration(configuration).Build();
        var settings = NotificationReader.Read(combined, CloudChannels.Host, faults);
        if (faults.Count > 0) throw new SettingsException($"the configuration cannot be used:\n  {string.Join("\n  ", faults)}");
        return settings ?? new NotificationSettings(null, [], [], new FollowUpOptions(), null);
    }

    /// <summary>In the storage account of the host itself, as its trigger has it.</summary>
    internal static QueueClient? Queue(IConfiguration configuration, TokenCredential credential)
    {
        // As the trigger reads it. One try more: the schedule looks anyway.
        var options = new QueueClientOptions
        {
            MessageEncoding = QueueMessageEncoding.Base64, Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(5) },
        };
        return StorageClients.Queue(configuration, credential, OutboxBell.QueueName, options);
    }
}
