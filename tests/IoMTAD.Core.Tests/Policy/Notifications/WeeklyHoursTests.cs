using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Policy;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Core.Tests.Policy.Notifications;

public sealed class WeeklyHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-01-30T21:30:00Z", true)] // Friday, 22:30 there
    [InlineData("2026-01-30T20:59:59Z", false)]
    [InlineData("2026-01-31T04:59:00Z", true)] // Saturday morning, of Friday's night
    [InlineData("2026-01-31T05:00:00Z", false)]
    [InlineData("2026-01-31T21:30:00Z", false)] // Saturday's night is not named
    [InlineData("2026-07-03T20:00:00Z", true)] // summer time: 22:00
    public void Hours_past_midnight_belong_to_the_day_on_which_they_begin(string at, bool inside) =>
        Assert.Equal(inside, Night(DayOfWeek.Friday).Contains(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-03-29T00:30:00Z", "2026-03-29T04:00:00Z")] // the clock is put forward meanwhile
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T05:00:00Z")] // and back
    public void They_end_by_the_clock_on_the_wall_when_it_is_put_forward_or_back(string at, string end) => Assert.Equal(
        DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
        Night([.. Enum.GetValues<DayOfWeek>()]).EndAfter(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Quiet_hours_never_lose_a_message_for_each_wait_ends_outside_them_and_within_a_week()
    {
        var hours = from first in Gen.Choose(0, 1439)
            from last in Gen.Choose(0, 1439)
            from days in Gen.Choose(1, 126)
            select new WeeklyHours(TimeOnly.MinValue.AddMinutes(first), TimeOnly.MinValue.AddMinutes(last),
                Enum.GetValues<DayOfWeek>().Where(d => (days >> (int)d & 1) != 0).ToHashSet(), Berlin);
        var cases = from h in hours from second in Gen.Choose(0, 366 * 86_400) select (h, second);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(c.second);
            var until = new QuietHours(c.h, ExceptFrom: null).Defer(Severity.High, at);
            return c.h.Contains(at) ? until > at && !c.h.Contains(until.Value) && until < at.AddDays(8) : until is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory]
    [InlineData(Severity.High, true)]
    [InlineData(Severity.Critical, false)]
    public void From_the_severity_that_is_excepted_a_message_does_not_wait(Severity severity, bool waits)
    {
        var quiet = new QuietHours(Night(DayOfWeek.Friday), Severity.Critical);
        Assert.Equal(waits, quiet.Defer(severity, new(2026, 1, 30, 23, 0, 0, TimeSpan.Zero)) is not null);
    }

    private static WeeklyHours Night(params DayOfWeek[] days) => new(new TimeOnly(22, 0), new TimeOnly(6, 0), days.ToHashSet(), Berlin);
}
