namespace IoMTAD.Policy.Notifications;

/// <summary>Hours of the day on days of the week, as a clock on the wall of <paramref name="Zone"/> shows them.</summary>
/// <param name="From">To the minute; later than <paramref name="To"/> where the hours go past midnight, equal to it for the whole day.</param>
/// <param name="Days">Days on which the hours begin.</param>
public sealed record WeeklyHours(TimeOnly From, TimeOnly To, IReadOnlySet<DayOfWeek> Days, TimeZoneInfo Zone)
{
    private const int MinutesOfWeek = 7 * 24 * 60;

    /// <summary>They never end.</summary>
    public bool IsAlways => From == To && Days.Count == 7;

    public bool Contains(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        var (time, today, yesterday) = (TimeOnly.FromTimeSpan(local.TimeOfDay), local.DayOfWeek, local.AddDays(-1).DayOfWeek);
        return From < To
            ? Days.Contains(today) && From <= time && time < To
            : (Days.Contains(today) && From <= time) || (Days.Contains(yesterday) && time < To);
    }

    /// <returns>The first full minute after <paramref name="at"/> that is outside; after a week's search the minute reached.</returns>
    /// <remarks>By the minute, so that a clock that is put forward or back needs no rule of its own.</remarks>
    public DateTimeOffset EndAfter(DateTimeOffset at)
    {
        var minute = new DateTimeOffset(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
        for (var i = 0; i < MinutesOfWeek; i++)
        {
            minute = minute.AddMinutes(1);
            if (!Contains(minute)) return minute;
        }
        return minute;
    }
}

/// <summary>When a channel is left in peace: what is due then waits until they end.</summary>
/// <param name="ExceptFrom">Incidents of this severity and above are told all the same; null where none is.</param>
public sealed record QuietHours(WeeklyHours Hours, Severity? ExceptFrom)
{
    /// <returns>Until when a message of this severity waits; null where it need not.</returns>
    public DateTimeOffset? Defer(Severity severity, DateTimeOffset now) =>
        !(severity >= ExceptFrom) && Hours.Contains(now) ? Hours.EndAfter(now) : null;
}
