using IoMTAD.Capture;
using IoMTAD.Hosting.Response;
using IoMTAD.Local.Recording;
using IoMTAD.Recording;
using IoMTAD.Response;
using IoMTAD.Tests;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Tests.Recording;

public sealed class SqliteEventStoreTests : EventStoreContract
{
    private readonly TemporaryFolder folder = new();
    private readonly List<SqliteDatabase> databases = [];

    [Theory]
    [InlineData("UPDATE events SET data = '{}'")]
    [InlineData("DELETE FROM events")]
    [InlineData("INSERT OR REPLACE INTO events SELECT position, stream, version, id, type, 0, recorded_at, data, previous_hash, hash FROM events")]
    public async Task The_database_itself_refuses_to_change_an_event(string sql)
    {
        await Append("a", null, "1");
        await using var connection = databases[0].Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var error = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scores_of_thousands_of_commits_are_each_counted_once_and_kept_in_few_rows()
    {
        const int Commits = 2500;
        var hour = new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < Commits; i++)
            await Store.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, i + 1), [])
            {
                Expected = i, Scores = [new("ward@1", hour.AddHours(i % 3), i % 7, 2, i % 2)],
            }), TestContext.Current.CancellationToken);

        var read = await Store.ReadScoresAsync("ward@1", hour, TestContext.Current.CancellationToken);

        Assert.Equal((21, 2 * Commits, Commits / 2), (read.Count, read.Sum(s => s.Segments), read.Sum(s => s.Strange)));
        await using var connection = databases[0].Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM score_batches";
        Assert.Equal(500L, command.ExecuteScalar());
    }

    [Theory]
    [InlineData("UPDATE evidence SET value = x'00'")]
    [InlineData("DELETE FROM evidence")]
    [InlineData("DELETE FROM seals")]
    [InlineData("UPDATE seals SET hash = ''")]
    [InlineData("DELETE FROM texts")]
    [InlineData("UPDATE texts SET text = ''")]
    [InlineData("INSERT OR REPLACE INTO evidence SELECT topic, partition, offset, device, content, 0, x'00', sha256 FROM evidence")]
    public async Task The_database_itself_refuses_to_change_what_is_kept_beside_events(string sql)
    {
        var evidence = Evidence.Of(new Segment(Pump.Address, SegmentContent.Pcap, new("t", 0, 5), new byte[] { 1 }));
        var text = IoMTAD.Policy.PersonalText.Of("a note", new byte[16]);
        await Store.CommitAsync(new Commit([]) { Evidence = [evidence], Texts = [text] }, TestContext.Current.CancellationToken);
        await using var connection = databases[0].Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var error = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verification_names_the_first_event_that_somebody_changed_behind_the_databases_back()
    {
        await Append("a", null, "1", "2", "3");
        await using (var connection = databases[0].Connect())
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "DROP TRIGGER events_never_change; UPDATE events SET data = replace(data, 'pump', 'lamp') WHERE id = '2'";
            command.ExecuteNonQuery();
        }
        var report = await new ChainVerification(Store).VerifyAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", report.Breach!.Id);
    }

    protected override Task<(IEventStore Store, IOutbox Outbox)> OpenAsync()
    {
        var store = Open();
        return Task.FromResult<(IEventStore, IOutbox)>((store, new SqlOutbox(store, "me")));
    }

    protected override Task<IEventStore> ReopenAsync() => Task.FromResult<IEventStore>(Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var database in databases) await database.DisposeAsync();
        folder.Dispose();
    }

    private SqliteEventStore Open()
    {
        databases.Add(SqliteDatabase.Open(folder.Path));
        return new SqliteEventStore(databases[^1], TimeProvider.System);
    }
}
