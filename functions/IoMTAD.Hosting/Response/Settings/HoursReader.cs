using System.Globalization;
using IoMTAD.Policy;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Hosting.Response.Settings;

/// <summary>Reads hours of the day on days of the week.</summary>
internal static class HoursReader
{
    private static readonly DayOfWeek[] AllDays = Enum.GetValues<DayOfWeek>();

    /// <returns>Null where there are none.</returns>
    public static WeeklyHours? Hours(SettingsSection section, string zone)
    {
        if (!section.IsThere) return null;
        var hours = Read(section, zone);
        section.RefuseOthers();
        return hours;
    }

    public static QuietHours? Quiet(SettingsSection section, string zone)
    {
        if (!section.IsThere) return null;
        var hours = Read(section, zone);
        var quiet = new QuietHours(hours, section.OneOf<Severity>("exceptFrom"));
        if (hours.IsAlways) section.Fault("", "they never end, so nobody would ever be told: give them an end, or leave the channel out of the routes");
        section.RefuseOthers();
        return quiet;
    }

    private static WeeklyHours Read(SettingsSection section, string zone)
    {
        var days = section.AllOf<DayOfWeek>("days");
        return new WeeklyHours(Clock(section, "from", "22:00"), Clock(section, "to", "06:00"), (days.Count > 0 ? days : AllDays).ToHashSet(),
            Zone(section, section.Text("timeZone") ?? zone));
    }

    private static TimeOnly Clock(SettingsSection section, string key, string example)
    {
        var text = section.Required(key, example);
        if (text.Length == 0) return default;
        if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        section.Fault(key, $"'{text}' is no time of day: give for example {example}");
        return default;
    }

    private static TimeZoneInfo Zone(SettingsSection section, string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return zone;
        section.Fault("timeZone", $"this machine knows no time zone '{name}': give for example Europe/Berlin or UTC");
        return TimeZoneInfo.Utc;
    }
}
