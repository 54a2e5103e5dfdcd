using IoMTAD.Api.Desks;

namespace IoMTAD.Api.Live;

/// <summary>Sums the ward up.</summary>
public sealed class OverviewOf(INotificationDesk notifications)
{
    public async Task<WardOverview> FromAsync(WardSnapshot ward, CancellationToken cancellation)
    {
        var wards = ward.Devices.GroupBy(d => d.Device.Ward, StringComparer.Ordinal).OrderBy(w => w.Key, StringComparer.Ordinal)
            .Select(w => new WardFigures(
                w.Key, w.Count(), Count(w, DeviceCondition.Strange), Count(w, DeviceCondition.Silent), Count(w, DeviceCondition.Incident)));
        return new(ward.Clock, ward.Activity, ward.Watching, ward.Threshold, ward.Packets, ward.PacketsPerSecond, ward.Devices.Count, ward.Open, [.. wards],
            await notifications.CountAsync(cancellation));
    }

    private static int Count(IEnumerable<DeviceState> devices, DeviceCondition state) => devices.Count(d => d.State == state);
}
