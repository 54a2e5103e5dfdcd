using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;

namespace IoMTAD.Core.Tests.Response;

public sealed class MessageTextTests
{
    private static readonly InventoryDevice Pump = new("02:00:00:00:00:02", "pump-03", "infusion-pump", "ICU");
    private static readonly NotificationRequested Notification = new("n", "1b2c3d4e5f60", "mail", Severity.High, Pump,
        "pump-03 (infusion-pump, ICU) talks differently from normal, suspected SYN flood: packets per second 912, normally about 4.1.")
    {
        Since = new DateTimeOffset(2026, 1, 30, 12, 4, 5, TimeSpan.Zero),
    };

    [Fact]
    public void The_subject_says_severity_device_and_ward_and_the_body_since_when_and_where_to_look()
    {
        var text = MessageText.Of(Notification, new Uri("https://iomtad.hospital.example/"));
        Assert.Equal("[High] pump-03 (ICU): talks differently from normal, suspected SYN flood", text.Subject);
        Assert.Equal(
            $"{Notification.Text}\nSince 2026-01-30 12:04:05 UTC.\nIncident 1b2c3d4e5f60: https://iomtad.hospital.example/#/incidents/1b2c3d4e5f60", text.Body);
    }

    [Theory]
    [InlineData(NotificationPurpose.Recovery, "[Over] pump-03 (ICU): talks differently")]
    [InlineData(NotificationPurpose.Escalation, "[High, not acknowledged] pump-03 (ICU): ")]
    [InlineData(NotificationPurpose.Fallback, "[High] pump-03 (ICU): ")]
    public void The_purpose_shows_in_the_subject(NotificationPurpose purpose, string subject) =>
        Assert.StartsWith(subject, MessageText.Of(Notification with { Purpose = purpose }, null).Subject, StringComparison.Ordinal);

    [Theory]
    [InlineData(NotificationPurpose.Heartbeat, "24 devices watched, no open incidents.\nLast traffic",
        "[Alive] IoMTAD: 24 devices watched, no open incidents.")]
    [InlineData(NotificationPurpose.Digest, "3 notifications in one message (1 critical, 2 low).\nicu",
        "[High] IoMTAD: 3 notifications in one message (1 critical, 2 low).")]
    [InlineData(NotificationPurpose.Escalation, "Nobody has acknowledged this yet. Unknown device 10.0.0.9 has been silent for 9 s; it never",
        "[High, not acknowledged] 10.0.0.9 (unknown): has been silent for 9 s")]
    [InlineData(NotificationPurpose.Recovery, "Unknown device 10.0.0.9: the device talks again; closed as a malfunction by iomtad.",
        "[Over] 10.0.0.9 (unknown): the device talks again")]
    public void The_subject_says_what_can_be_seen_at_a_glance(NotificationPurpose purpose, string text, string subject)
    {
        var device = new InventoryDevice("10.0.0.9", "10.0.0.9", InventoryDevice.UnknownKind, InventoryDevice.UnknownKind);
        Assert.Equal(subject, MessageText.Of(Notification with { Purpose = purpose, Text = text, Device = device }, null).Subject);
    }

    [Fact]
    public void A_long_text_and_control_characters_make_no_long_and_no_second_subject_line()
    {
        var subject = MessageText.Of(Notification with { Text = "x\rBcc: all@hospital.example" + new string('y', 500) }, null).Subject;
        Assert.True(subject.Length <= 120);
        Assert.DoesNotContain(subject, char.IsControl);
    }
}
