using IoMTAD.Infra.Queries;

namespace IoMTAD.Functions.Tests.Dashboards;

/// <summary>Held against what Grafana writes: its documentation of variables' formats and of the PostgreSQL source's macros.</summary>
public sealed class InterpolationTests
{
    private static readonly TimeWindow Window = new(
        new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(5));

    private static readonly Dictionary<string, DashboardVariable> Variables = new()
    {
        ["one"] = new("one", ["a.b/c"], false), ["many"] = new("many", ["it's", "x|y"], true), ["single"] = new("single", ["a.b"], true),
        ["any"] = new("any", ["a"], true) { All = ".*" },
    };

    [Theory]
    [InlineData("$one and [[one]]", "a.b/c and a.b/c")]
    [InlineData("${one:regex}", @"a\.b\/c")]
    [InlineData("IN (${many:sqlstring})", "IN ('it''s','x|y')")]
    [InlineData("IN ($many)", "IN ('it''s','x|y')")]
    [InlineData("/^${many:regex}$/", @"/^(it's|x\|y)$/")]
    [InlineData("/^${single:regex}$/", @"/^a\.b$/")]
    [InlineData("${many:csv} ${many:pipe} ${many:doublequote}", "it's,x|y it's|x|y \"it's\",\"x|y\"")]
    [InlineData("/${any:regex}/ ${any:sqlstring}", "/.*/ .*")]
    [InlineData("time($__interval) * $__interval_ms", "time(5m) * 300000")]
    [InlineData("$__from $__to", "1769860800000 1769864400000")]
    [InlineData("$timeFilter $__timeFilter(at)", "$timeFilter $__timeFilter(at)")]
    public void A_variable_is_written_in_the_format_that_is_asked_for(string query, string expected) =>
        Assert.Equal(expected, new Interpolation(Variables, Window, "sqlstring").Of(query));

    [Theory]
    [InlineData("$nothing", "$nothing")]
    [InlineData("${one:date}", "date")]
    public void What_is_not_there_is_named(string query, string named) =>
        Assert.Contains(named,
            Assert.Throws<FormatException>(() => new Interpolation(Variables, Window, "sqlstring").Of(query)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("$__timeFilter(at)", "at BETWEEN '2026-01-31T12:00:00.000Z' AND '2026-01-31T13:00:00.000Z'")]
    [InlineData("$__timeFrom() $__timeTo()", "'2026-01-31T12:00:00.000Z' '2026-01-31T13:00:00.000Z'")]
    [InlineData("$__time(at)", "at AS \"time\"")]
    [InlineData("$__timeEpoch(at)", "extract(epoch from at) as \"time\"")]
    [InlineData("$__timeGroup(at, 5m)", "floor(extract(epoch from at)/300)*300")]
    [InlineData("$__timeGroupAlias(at,'1d')", "floor(extract(epoch from at)/86400)*86400 AS \"time\"")]
    [InlineData("$__unixEpochFilter(s)", "s >= 1769860800 AND s <= 1769864400")]
    [InlineData("$__unixEpochFrom() $__unixEpochTo()", "1769860800 1769864400")]
    [InlineData("$__unixEpochNanoFilter(n)", "n >= 1769860800000000000 AND n <= 1769864400000000000")]
    [InlineData("$__unixEpochNanoFrom() $__unixEpochNanoTo()", "1769860800000000000 1769864400000000000")]
    [InlineData("$__unixEpochGroupAlias(s, '1h')", "floor((s)/3600)*3600 AS \"time\"")]
    public void A_macro_is_written_out(string sql, string expected) => Assert.Equal(expected, SqlMacros.Expand(sql, Window));

    [Theory]
    [InlineData("$__timeFiltre(at)")]
    [InlineData("$__timeFilter()")]
    [InlineData("$__timeGroup(at)")]
    [InlineData("$__timeGroup(at, soon)")]
    public void A_macro_that_makes_no_sense_is_refused(string sql) => Assert.Throws<FormatException>(() => SqlMacros.Expand(sql, Window));

    [Theory]
    [InlineData(null, "5s")]
    [InlineData("1m", "1m")]
    [InlineData("1s", "5s")]
    public void A_panel_has_at_most_a_thousand_points_and_no_finer_ones_than_it_says(string? least, string expected) =>
        Assert.Equal(expected, TimeWindow.Write(Window.ForPanel(least).Interval));
}
