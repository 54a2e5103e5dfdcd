using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Views;
using Microsoft.Extensions.DependencyInjection;

namespace IoMTAD.Functions.Views;

/// <summary>All of the room Views among a host's services.</summary>
public static class ViewServices
{
    /// <remarks>Needs the record (<see cref="Recording.RecordServices"/>), whose appends then keep the views.</remarks>
    public static IServiceCollection AddViews(this IServiceCollection services) => services
        .AddSingleton<RecordViews>()
        .AddSingleton<ICommitFollower>(provider => provider.GetRequiredService<RecordViews>())
        .AddSingleton<IReadModels, RecordReadModels>()
        .AddSingleton<INotificationReads, RecordNotificationReads>();
}
