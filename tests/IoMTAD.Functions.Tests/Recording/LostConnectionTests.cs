using System.Data.Common;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>The database goes away at any moment, also between a commit and its answer; what is committed again is there once.</summary>
public sealed class LostConnectionTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_writer_whose_connection_is_cut_loses_nothing_and_stores_nothing_twice(bool fenced, int seed)
    {
        var database = await server.RecordAsync();
        await using var owner = database.Open(PostgresDatabase.Owner);
        var random = new Random(seed);
        await WriteWhileAsync(database, fenced, async () =>
        {
            for (var cuts = 0; cuts < 20;)
            {
                await Task.Delay(random.Next(12), Cancellation);
                await using var command = owner.CreateCommand($"""
                    SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
                    WHERE datname = current_database() AND usename = '{PostgresDatabase.RuntimeRole}' AND state <> 'idle'
                    """);
                if ((long)(await command.ExecuteScalarAsync(Cancellation))! > 0) cuts++;
            }
        });
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_server_that_crashes_has_all_that_was_committed()
    {
        await using var crashing = new PostgresServer();
        var database = await crashing.RecordAsync();
        var random = new Random(3);
        await WriteWhileAsync(database, fenced: true, async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Delay(random.Next(50, 200), Cancellation);
                await crashing.CrashAsync();
            }
        });
    }

    private static async Task WriteWhileAsync(PostgresDatabase database, bool fenced, Func<Task> disturb)
    {
        await using var record = new MartenRecord(database.Open());
        var disturbing = Task.Run(disturb, Cancellation);
        var (number, failed) = (0, 0);
        for (; !disturbing.IsCompleted || number < 10; number++)
            while (!await TryAsync(number)) failed++;
        await disturbing;

        Assert.NotEqual(0, failed);
        var all = await record.Store.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(0, number).Select(i => $"seen {i}"), all.Select(e => e.Id));
        Assert.Equal(number, (await record.Store.ReadCheckpointAsync("t", 0, Cancellation))!.Next.Offset);
        var report = await new ChainVerification(record.Store).VerifyAsync(Cancellation);
        Assert.Equal(((long)number, (long)number, (long)number, null), (report.Events, report.Seals, report.Evidence, report.Breach));

        async Task<bool> TryAsync(int at)
        {
            try
            {
                await record.Store.CommitAsync(Numbered(at, fenced), Cancellation);
                return true;
            }
            catch (CheckpointMovedException moved)
            {
                // It was stored, and the answer was lost.
                Assert.Equal(at + 1, moved.Actual);
                return true;
            }
            catch (DbException)
            {
                return false;
            }
        }
    }

    private static Commit Numbered(int number, bool fenced) =>
        Story.Anomaly(number) with { Checkpoint = new(new("t", 0, number + 1), []) { Expected = fenced ? number : null } };
}
