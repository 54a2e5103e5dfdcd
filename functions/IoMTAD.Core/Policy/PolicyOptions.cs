using IoMTAD.Policy.Notifications;

namespace IoMTAD.Policy;

/// <summary>When strange traffic becomes an incident, and silence too.</summary>
public sealed record PolicyOptions
{
    public static PolicyOptions Default { get; } = new();

    /// <summary>A behaviour incident opens once this many of the last <see cref="OutOf"/> segments are strange (N-of-M hysteresis).</summary>
    public int StrangeToOpen { get; init; } = 3;

    /// <summary>At most 64.</summary>
    public int OutOf { get; init; } = 5;

    /// <summary>Anomalies of one device and kind within this time belong to one incident.</summary>
    public TimeSpan IncidentWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After an incident's first anomaly, one event is kept per this much traffic time; it says how many segments it stands for.</summary>
    public TimeSpan ObservationInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A device's rhythm counts as known after this many segments and <see cref="LearningTime"/>.</summary>
    public int LearningSegments { get; init; } = 30;

    public TimeSpan LearningTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A device is silent after this multiple of its longest gap while learning, and not before <see cref="SilenceFloor"/>.</summary>
    public double SilenceFactor { get; init; } = 2;

    public TimeSpan SilenceFloor { get; init; } = TimeSpan.FromSeconds(3.5);

    /// <summary>The silence limit grows with longer pauses seen later, up to this multiple of the learned one.</summary>
    public double SilenceGrowth { get; init; } = 4;

    /// <summary>A segment is strange above this multiple of the packet rate that 99 % of the device's segments kept while learning.</summary>
    public double RateFactor { get; init; } = 4;

    /// <summary>A device that the inventory does not know is recorded as discovered with this segment: made-up senders seldom send twice.</summary>
    public int StrangerSegments { get; init; } = 3;

    /// <summary>Without any traffic for this long, it is the capture that paused and not each device that fell silent.</summary>
    public TimeSpan CapturePause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A time stamp further ahead than this, or <see cref="CapturePause"/> behind, is not believed at once.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromDays(1);

    /// <summary>So many such time stamps in a row are believed after all.</summary>
    public int StraysToBelieve { get; init; } = 20;

    /// <summary>Who hears of which incidents.</summary>
    public IReadOnlyList<NotificationRoute> Routes { get; init; } = [];

    /// <summary>Channels that hear of each incident, by the names of the notifiers: one route without conditions.</summary>
    public IReadOnlyList<string> Channels
    {
        get => [.. Routes.SelectMany(route => route.Channels).Distinct()];
        init => Routes = [new NotificationRoute(value)];
    }
}
