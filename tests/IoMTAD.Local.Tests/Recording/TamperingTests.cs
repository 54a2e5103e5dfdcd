using IoMTAD.Capture;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Tests.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Tests.Recording;

/// <summary>Whatever is done to the file behind the store's back is named.</summary>
public sealed class TamperingTests(TamperedStore store) : IClassFixture<TamperedStore>
{
    private const int CasesPerColumn = 12;

    [Fact]
    public async Task An_untouched_copy_holds()
    {
        var report = await store.VerifyAsync(_ => { }, store.Anchor);
        Assert.Null(report.Breach);
        Assert.Equal((store.Events.Count, 7L, 20L, 6L), (report.Events, report.Streams + 1L, report.Evidence, report.Texts));
    }

    [Theory]
    [InlineData("position")]
    [InlineData("stream")]
    [InlineData("version")]
    [InlineData("id")]
    [InlineData("type")]
    [InlineData("occurred_at")]
    [InlineData("recorded_at")]
    [InlineData("data")]
    [InlineData("previous_hash")]
    [InlineData("hash")]
    public async Task A_flipped_bit_in_an_event_is_named(string column)
    {
        var random = new Random(column.Length * 31 + column[0]);
        for (var i = 0; i < CasesPerColumn; i++)
        {
            var hit = store.Events[random.Next(store.Events.Count)];
            if (column == "previous_hash" && hit.PreviousHash.Length == 0) continue;
            var flipped = false;
            var report = await store.VerifyAsync(c => flipped = Flip(c, "events", column, "position", hit.Position, random));
            Assert.True(!flipped || report.Breach?.Position == hit.Position || report.Breach?.Id == hit.Id,
                $"{column} of event {hit.Position}: {report.Breach}");
        }
    }

    [Theory]
    [InlineData("topic")]
    [InlineData("partition")]
    [InlineData("offset")]
    [InlineData("device")]
    [InlineData("content")]
    [InlineData("recorded_ns")]
    [InlineData("value")]
    [InlineData("sha256")]
    public async Task A_flipped_bit_in_evidence_is_named_by_its_event(string column)
    {
        var random = new Random(column.Length * 31 + column[0]);
        var anomalies = store.Events.Where(e => e.Event is AnomalyObserved { SegmentSha256: not null }).ToList();
        for (var i = 0; i < CasesPerColumn; i++)
        {
            var hit = anomalies[random.Next(anomalies.Count)];
            var report = await store.VerifyAsync(c => Flip(c, "evidence", column, "offset", ((AnomalyObserved)hit.Event!).Position.Offset, random));
            Assert.True(report.Breach?.Id == hit.Id, $"{column} of event {hit.Position}'s evidence: {report.Breach}");
        }
    }

    [Theory]
    [InlineData("digest")]
    [InlineData("salt")]
    [InlineData("text")]
    public async Task A_flipped_bit_in_a_text_is_named_by_its_event(string column)
    {
        var random = new Random(column.Length * 31 + column[0]);
        var notes = store.Events.Where(e => e.Event is NoteAdded).ToList();
        for (var i = 0; i < CasesPerColumn; i++)
        {
            var hit = notes[random.Next(notes.Count)];
            var report = await store.VerifyAsync(c => Flip(c, "texts", column, "digest", ((NoteAdded)hit.Event!).Text, random));
            Assert.True(report.Breach?.Id == hit.Id, $"{column} of event {hit.Position}'s text: {report.Breach}");
        }
    }

    [Theory]
    [InlineData("number")]
    [InlineData("first")]
    [InlineData("last")]
    [InlineData("recorded_at")]
    [InlineData("evidence")]
    [InlineData("hash")]
    public async Task A_flipped_bit_in_a_seal_shows(string column)
    {
        var random = new Random(column.Length * 31 + column[0]);
        for (var i = 0; i < CasesPerColumn; i++)
        {
            var number = 1 + random.NextInt64(store.Anchor.Number);
            if (column == "evidence" && number is < 7 or > 26) continue;
            var report = await store.VerifyAsync(c => Flip(c, "seals", column, "number", number, random));
            Assert.True(report.Breach is not null, $"{column} of seal {number}");
        }
    }

    [Fact]
    public async Task Every_event_that_is_deleted_is_named_with_what_stood_there()
    {
        foreach (var gone in store.Events)
        {
            var report = await store.VerifyAsync(c => TamperedStore.Execute(c, "DELETE FROM events WHERE position = $p", ("$p", gone.Position)));
            Assert.Equal((gone.Position, null, gone.Type, gone.Stream), (report.Breach!.Position, report.Breach.Id, report.Breach.Type, report.Breach.Stream));
        }
    }

    [Fact]
    public async Task A_stream_that_is_gone_is_named_by_its_first_event()
    {
        foreach (var stream in store.Events.GroupBy(e => e.Stream))
        {
            var report = await store.VerifyAsync(c => TamperedStore.Execute(c, "DELETE FROM events WHERE stream = $s", ("$s", stream.Key)));
            Assert.Equal((stream.First().Position, stream.Key), (report.Breach!.Position, report.Breach.Stream));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_last_commit_that_is_gone_with_its_seal_shows_against_an_anchor(bool indexKnowsIt)
    {
        var last = store.Events[^1];
        var report = await store.VerifyAsync(Remove, store.Anchor);
        Assert.Equal(last.Position, report.Breach!.Position);
        Assert.Equal(indexKnowsIt ? last.Stream : null, report.Breach.Stream);
        // Without an anchor only the index can tell.
        Assert.Equal(indexKnowsIt, (await store.VerifyAsync(Remove)).Breach is not null);

        void Remove(SqliteConnection connection)
        {
            TamperedStore.Execute(connection, "DELETE FROM events WHERE position = $p", ("$p", last.Position));
            TamperedStore.Execute(connection, "DELETE FROM seals WHERE last = $p", ("$p", last.Position));
            if (!indexKnowsIt) TamperedStore.Execute(connection, "DELETE FROM event_index");
        }
    }

    [Fact]
    public async Task A_record_made_anew_with_all_its_hashes_shows_against_an_anchor()
    {
        await using var other = new TestStore(new ManualTime());
        foreach (var @event in store.Events.Take(store.Events.Count - 1))
        {
            var later = new NewEvent(@event.Id, @event.Event!, @event.OccurredAt.AddSeconds(1));
            await other.Events.CommitAsync(new Commit([new StreamAppend(@event.Stream, null, [later])]));
        }
        var report = await new ChainVerification(other.Events)
        {
            Anchors = [store.Anchor with { Number = 3 }],
        }.VerifyAsync(TestContext.Current.CancellationToken);
        Assert.Contains("anchor", report.Breach!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_slipped_in_behind_the_last_seal_is_named()
    {
        var report = await store.VerifyAsync(c => TamperedStore.Execute(c, """
            INSERT INTO events SELECT position + 1, 'made-up', 1, 'made-up', type, occurred_at, recorded_at, data, '', hash
                FROM events ORDER BY position DESC LIMIT 1
            """));
        Assert.Equal((store.Events[^1].Position + 1, "made-up"), (report.Breach!.Position, report.Breach.Id));
    }

    [Fact]
    public async Task Verification_holds_while_others_append()
    {
        await using var busy = new TestStore();
        using var stopping = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            for (var i = 0; !stopping.IsCancellationRequested; i++) await busy.Events.CommitAsync(Story.Anomaly(i), CancellationToken.None);
        }, CancellationToken.None);
        for (var i = 0; i < 20; i++) Assert.Null((await new ChainVerification(busy.Events).VerifyAsync(TestContext.Current.CancellationToken)).Breach);
        await stopping.CancelAsync();
        await appending;
    }

    [Fact]
    public async Task A_store_from_before_there_were_seals_gets_its_first_over_all_that_is_there()
    {
        var report = await store.VerifyAsync(c =>
        {
            TamperedStore.Execute(c, "DELETE FROM seals");
            TamperedStore.Execute(c, "UPDATE events SET position = position + 1000 WHERE position > 9");
        });
        Assert.Null(report.Breach);
        Assert.Equal(0, report.Seals);
    }

    [Theory]
    [InlineData("DELETE FROM events WHERE position = 1020")]
    [InlineData("DELETE FROM events WHERE stream = 'incident-i1'")]
    [InlineData("UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 5")]
    [InlineData("UPDATE evidence SET device = 'x' WHERE offset = 12")]
    public async Task What_a_first_seal_closed_is_as_safe_as_the_rest(string sql)
    {
        await using var older = new TestStore();
        await older.Events.CommitAsync(Story.Discovery);
        for (var i = 0; i < 5; i++) await older.Events.CommitAsync(Story.Incident(i));
        for (var i = 10; i < 30; i++) await older.Events.CommitAsync(Story.Anomaly(i));
        using var raw = older.Database.Connect();
        TamperedStore.Execute(raw, """
            DROP TRIGGER seals_never_go; DROP TRIGGER events_never_change; DROP TRIGGER events_never_go; DROP TRIGGER evidence_never_changes;
            DELETE FROM seals; UPDATE events SET position = position + 1000 WHERE position > 9;
            """);
        await older.Events.CommitAsync(Story.Anomaly(40));
        Assert.Null((await new ChainVerification(older.Events).VerifyAsync(TestContext.Current.CancellationToken)).Breach);
        Assert.Equal(2, (await older.Events.ReadSealedHeadAsync()).Seal!.Number);

        TamperedStore.Execute(raw, sql);
        Assert.NotNull((await new ChainVerification(older.Events).VerifyAsync(TestContext.Current.CancellationToken)).Breach);
    }

    /// <returns>False where the tables' own rules refused it.</returns>
    private static bool Flip(SqliteConnection connection, string table, string column, string key, object value, Random random)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {column}, typeof({column}), CAST({column} AS BLOB) FROM {table} WHERE {key} = $key";
        command.Parameters.AddWithValue("$key", value);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        var type = reader.GetString(1);
        object changed;
        if (type == "integer") changed = reader.GetInt64(0) ^ 1L << random.Next(62);
        else
        {
            var bytes = reader.GetFieldValue<byte[]>(2);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            changed = bytes;
        }
        reader.Close();
        var hit = TamperedStore.Execute(connection,
            $"UPDATE OR IGNORE {table} SET {column} = {(type == "text" ? "CAST($new AS TEXT)" : "$new")} WHERE {key} = $key",
            ("$new", changed), ("$key", value));
        return hit == 1;
    }
}
