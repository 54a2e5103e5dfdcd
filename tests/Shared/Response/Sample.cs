using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Tests.Response;

/// <summary>Notifications of an incident of a pump.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Nobody moves it.</summary>
    public static readonly TimeProvider Clock = new MovedClock();

    public static readonly Uri Page = new("https://iomtad.hospital.example/");
    public static readonly InventoryDevice Pump = new("02:00:00:00:00:01", "pump-03", "infusion-pump", "icu-1");

    public static NotificationRequested Notification(
        string id = "0123456789abcdef0123456789abcdef", NotificationPurpose purpose = NotificationPurpose.Incident, Severity severity = Severity.High) =>
        new(id, "1b2c3d4e5f60", "mail", severity, Pump,
            "pump-03 (infusion-pump, icu-1) talks differently from normal, suspected SYN flood: packets per second 912, normally about 4.1.")
        {
            Purpose = purpose, Since = new DateTimeOffset(2026, 1, 30, 12, 4, 5, TimeSpan.Zero),
        };
}
