using System.CommandLine;
using IoMTAD.Api.Desks;

namespace IoMTAD.Local.Commands;

/// <summary>Where commands act on the record: the same desks as the page's.</summary>
internal sealed class Desks(OpenStore open)
{
    private readonly ActClock clock = new(open.Reads, TimeProvider.System);

    public IncidentDesk Incidents => new(open.Events, open.Reads, clock);

    public SuppressionDesk Suppressions => new(open.Events, open.Reads, clock);

    public Task<DateTimeOffset> NowAsync(CancellationToken cancellation) => clock.NowAsync(cancellation);

    /// <returns>What the act came to.</returns>
    /// <exception cref="CommandException">It was refused.</exception>
    public static T Done<T>(ActOutcome<T> outcome)
        where T : class => outcome.Value ?? throw new CommandException(outcome.Reason!);
}
