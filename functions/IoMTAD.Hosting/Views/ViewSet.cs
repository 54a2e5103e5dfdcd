using IoMTAD.Views;

namespace IoMTAD.Hosting.Views;

/// <summary>All views of which a host keeps the rows.</summary>
public static class ViewSet
{
    public static IReadOnlyList<IView> All { get; } =
        [new IncidentsView(), new DeviceHealthView(), new DetectionTimelineView(), new ModelsView(), new SuppressionsView(), new NotificationsView()];
}
