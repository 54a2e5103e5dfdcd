using IoMTAD.Hosting.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Views;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Answers from the rows that stand beside the record.</summary>
/// <param name="views">Brings them up to the record where they are behind it.</param>
public sealed class RecordReadModels(NpgsqlDataSource source, ITransactionalStore store, RecordViews views) : IReadModels
{
    private readonly RecordIncidentQueries incidents = new(source);
    private readonly RecordDeviceQueries devices = new(source);
    private readonly RecordEventQueries events = new(source);

    public Task<Page<Incident>> IncidentsAsync(IncidentQuery query, CancellationToken cancellation = default) =>
        AnswerAsync(() => incidents.PageAsync(query, cancellation), cancellation);

    public Task<Incident?> IncidentAsync(string id, CancellationToken cancellation = default) =>
        AnswerAsync(() => source.FindRowAsync(new IncidentsView(), id, cancellation), cancellation);

    public Task<Page<DeviceHealth>> DevicesAsync(DeviceQuery query, CancellationToken cancellation = default) =>
        AnswerAsync(() => devices.PageAsync(query, cancellation), cancellation);

    public Task<DeviceHealth?> DeviceAsync(string id, CancellationToken cancellation = default) =>
        AnswerAsync(() => source.FindRowAsync(new DeviceHealthView(), id, cancellation), cancellation);

    public Task<Page<EventRow>> EventsAsync(EventQuery query, CancellationToken cancellation = default) =>
        AnswerAsync(() => events.PageAsync(query, cancellation), cancellation);

    public Task<IReadOnlyList<Suppression>> SuppressionsAsync(DateTimeOffset? at, CancellationToken cancellation = default) =>
        AnswerAsync(async () =>
        {
            var all = await source.ReadRowsAsync(new SuppressionsView(), cancellation);
            var standing = all.Where(s => at is null || (s.RevokedAt is null && s.Until > at));
            return (IReadOnlyList<Suppression>)[.. standing.OrderBy(s => s.From).ThenBy(s => s.Id, StringComparer.Ordinal)];
        }, cancellation);

    public Task<IReadOnlyList<Model>> ModelsAsync(CancellationToken cancellation = default) =>
        AnswerAsync(() => source.ReadRowsAsync(new ModelsView(), cancellation), cancellation);

    public Task<IReadOnlyList<DetectionMinute>> TimelineAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        AnswerAsync(() => RecordHours.MinutesAsync(source, from, to, cancellation), cancellation);

    public Task<IReadOnlyList<DeviceHour>> DeviceHoursAsync(DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellation = default) =>
        AnswerAsync(() => RecordHours.OfDevicesAsync(source, from, to, most, cancellation), cancellation);

    public Task<IReadOnlyList<ClassHour>> ClassHoursAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        AnswerAsync(() => RecordHours.OfClassesAsync(source, from, to, cancellation), cancellation);

    public async Task<DateTimeOffset?> TrafficClockAsync(CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand("SELECT MAX(clock) FROM checkpoints");
        return await command.ExecuteScalarAsync(cancellation) is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private async Task<T> AnswerAsync<T>(Func<Task<T>> answer, CancellationToken cancellation)
    {
        await views.CatchUpAsync(store, null, cancellation);
        return await answer();
    }
}
