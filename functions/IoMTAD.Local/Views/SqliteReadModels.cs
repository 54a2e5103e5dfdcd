using IoMTAD.Local.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Local.Views;

/// <summary>Answers from the rows of the store's file, brought up to date before each.</summary>
/// <param name="rows">Where the rows are.</param>
/// <param name="events">Where the events are: the same file, unless the rows are to stand as of an earlier time.</param>
public sealed class SqliteReadModels(SqliteDatabase rows, SqliteDatabase events, SqliteViews views) : IReadModels
{
    private readonly SqliteIncidentQueries incidents = new(rows);
    private readonly SqliteDeviceQueries devices = new(rows);
    private readonly SqliteEventQueries indexed = new(rows, events);

    /// <summary>The record as it is.</summary>
    public SqliteReadModels(SqliteDatabase database, IEventStore store)
        : this(database, database, new SqliteViews(database, store))
    {
    }

    public Task<Page<Incident>> IncidentsAsync(IncidentQuery query, CancellationToken cancellation = default) =>
        AnswerAsync(() => incidents.PageAsync(query, cancellation), cancellation);

    public Task<Incident?> IncidentAsync(string id, CancellationToken cancellation = default) =>
        AnswerAsync(() => rows.FindRowAsync(new IncidentsView(), id, cancellation), cancellation);

    public Task<Page<DeviceHealth>> DevicesAsync(DeviceQuery query, CancellationToken cancellation = default) =>
        AnswerAsync(() => devices.PageAsync(query, cancellation), cancellation);

    public Task<DeviceHealth?> DeviceAsync(string id, CancellationToken cancellation = default) =>
        AnswerAsync(() => rows.FindRowAsync(new DeviceHealthView(), id, cancellation), cancellation);

    public Task<Page<EventRow>> EventsAsync(EventQuery query, CancellationToken cancellation = default) =>
        AnswerAsync(() => indexed.PageAsync(query, cancellation), cancellation);

    public Task<IReadOnlyList<Suppression>> SuppressionsAsync(DateTimeOffset? at, CancellationToken cancellation = default) =>
        AnswerAsync(async () =>
        {
            var all = await views.ReadAsync(new SuppressionsView(), cancellation);
            return (IReadOnlyList<Suppression>)[.. all.Where(s => at is null || (s.RevokedAt is null && s.Until > at))
                .OrderBy(s => s.From).ThenBy(s => s.Id, StringComparer.Ordinal)];
        }, cancellation);

    public Task<IReadOnlyList<Model>> ModelsAsync(CancellationToken cancellation = default) =>
        AnswerAsync(() => views.ReadAsync(new ModelsView(), cancellation), cancellation);

    public Task<IReadOnlyList<DetectionMinute>> TimelineAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        AnswerAsync(() => SqliteHours.MinutesAsync(rows, from, to, cancellation), cancellation);

    public Task<IReadOnlyList<DeviceHour>> DeviceHoursAsync(DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellation = default) =>
        AnswerAsync(() => SqliteHours.OfDevicesAsync(rows, from, to, most, cancellation), cancellation);

    public Task<IReadOnlyList<ClassHour>> ClassHoursAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        AnswerAsync(() => SqliteHours.OfClassesAsync(rows, from, to, cancellation), cancellation);

    public async Task<DateTimeOffset?> TrafficClockAsync(CancellationToken cancellation = default)
    {
        await using var connection = events.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT MAX(clock) FROM checkpoints";
        return await command.ExecuteScalarAsync(cancellation) is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private async Task<T> AnswerAsync<T>(Func<Task<T>> answer, CancellationToken cancellation)
    {
        await views.CatchUpAsync(cancellation);
        return await answer();
    }
}
