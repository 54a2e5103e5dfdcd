using System.Data.Common;
using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Recording;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Recording;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>What others keep beside the events, in one transaction with them.</summary>
public sealed class MartenTransactionTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_follower_is_told_of_new_events_in_their_transaction_and_undoes_it_by_throwing()
    {
        var database = await server.RecordAsync();
        await database.ExecuteAsync($"CREATE TABLE followed (id text); GRANT INSERT, SELECT ON followed TO {PostgresDatabase.RuntimeRole}");
        var follower = new Follower();
        await using var record = new MartenRecord(database.Open(), followers: follower);
        await record.Store.CommitAsync(Story.Incident(1), Cancellation);
        await record.Store.CommitAsync(Story.Incident(1), Cancellation);
        follower.Throws = true;
        await Assert.ThrowsAsync<NotSupportedException>(() => record.Store.CommitAsync(Story.Incident(2), Cancellation));

        Assert.Equal([1, 2], follower.Positions);
        await using var connection = await record.Store.ConnectAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT string_agg(id, ', ' ORDER BY id) FROM followed";
        Assert.Equal("i1 observed, i1 opened", await command.ExecuteScalarAsync(Cancellation));
        Assert.Equal(2, await record.Store.ReadHeadAsync(Cancellation));
        Assert.Null((await new ChainVerification(record.Store).VerifyAsync(Cancellation)).Breach);
    }

    [Fact]
    public async Task Several_appends_of_one_transaction_are_there_together_or_not_at_all()
    {
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => WriteAsync(expected: 0));
        Assert.Equal(0, await record.Store.ReadHeadAsync(Cancellation));
        Assert.Equal(2, await WriteAsync(expected: 1));
        Assert.Equal([(1L, 1), (2, 2)],
            await record.Store.ReadStreamAsync("a", 1, Cancellation).Select(e => (e.Position, e.Version)).ToListAsync(Cancellation));
        Assert.Null((await new ChainVerification(record.Store).VerifyAsync(Cancellation)).Breach);

        Task<int> WriteAsync(int expected) => record.Store.WriteAsync(async transaction =>
        {
            var first = await record.Store.AppendAsync(transaction, One("1", 0), Cancellation);
            var second = await record.Store.AppendAsync(transaction, One("2", expected), Cancellation);
            return first.Appended.Count + second.Appended.Count;
        }, Cancellation);
    }

    [Fact]
    public async Task A_host_that_vanishes_does_not_hold_up_the_others_for_ever()
    {
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        var limit = await record.Store.WriteAsync(async transaction =>
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.CommandText = "SHOW idle_in_transaction_session_timeout";
            return await command.ExecuteScalarAsync(Cancellation);
        }, Cancellation);
        Assert.Equal("1min", limit);
    }

    [Fact]
    public async Task Marten_itself_reads_the_envelopes()
    {
        await using var record = new MartenRecord((await server.RecordAsync()).Open());
        await record.Store.CommitAsync(Story.Incident(1), Cancellation);
        await using var documents = RecordSchema.Open(record.Source);
        await using var session = documents.QuerySession();

        var events = await session.Events.FetchStreamAsync("incident-i1", token: Cancellation);

        var stored = await record.Store.ReadStreamAsync("incident-i1", 1, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(stored.Select(RecordedEvent.Of), events.Select(e => e.Data));
    }

    [Fact]
    public async Task A_host_gets_one_store_from_its_services()
    {
        var database = await server.RecordAsync();
        await using var services = new ServiceCollection().AddRecord().AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:Record"] = database.ConnectionString(PostgresDatabase.RuntimeRole) }).Build())
            .BuildServiceProvider();
        await services.GetRequiredService<IEventStore>().CommitAsync(Story.Discovery, Cancellation);
        Assert.Equal(1, await services.GetRequiredService<ITransactionalStore>().ReadHeadAsync(Cancellation));
    }

    private static Commit One(string id, int expected) =>
        new([new StreamAppend("a", expected, [new NewEvent(id, Story.Discovery.Appends[0].Events[0].Event, Story.Noon)])]);

    private sealed class Follower : ICommitFollower
    {
        public List<long> Positions { get; } = [];

        public bool Throws { get; set; }

        public async Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> appended, CancellationToken cancellation)
        {
            foreach (var @event in appended)
            {
                await using var command = transaction.Connection!.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "INSERT INTO followed VALUES (@id)";
                var id = command.CreateParameter();
                (id.ParameterName, id.Value) = ("@id", @event.Id);
                command.Parameters.Add(id);
                await command.ExecuteNonQueryAsync(cancellation);
            }
            if (Throws) throw new NotSupportedException();
            Positions.AddRange(appended.Select(e => e.Position));
        }
    }
}
