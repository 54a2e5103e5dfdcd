using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>Counts exact repeats, and keeps those among the test sequences from being measured.</summary>
internal sealed class DuplicateSearch(LabelledFile[] train, LabelledFile[] test, DatasetReading reading)
{
    public Dataset Dataset(FeatureSchema schema, IReadOnlyList<string> problems)
    {
        var (trainRows, testRows) = (Rows(train), Rows(test));
        var (tests, repeated) = TestSequences();
        var card = new DataCard(Datasets.Dataset.Digest(train, test, reading), schema.Name,
            [.. Describe(train, DatasetFolder.Train), .. Describe(test, DatasetFolder.Test)],
            Repeats(trainRows), Repeats(testRows), testRows.LongCount(r => Array.BinarySearch(trainRows, r) >= 0), repeated, !reading.KeepDuplicates);
        return new(schema, train, test, card, problems) { Tests = tests };
    }

    private static IEnumerable<DataCardFile> Describe(LabelledFile[] files, string part) =>
        files.Select(f => new DataCardFile(part, Path.GetFileName(f.Path), f.Label, f.Count, f.Skipped));

    /// <summary>Fingerprints of all rows, in rising order.</summary>
    private static ulong[] Rows(LabelledFile[] files)
    {
        var result = new ulong[files.Sum(f => f.Count)];
        var at = 0;
        foreach (var file in files)
        {
            var start = at;
            Parallel.For(0, file.Count, i => result[start + i] = file.Fingerprint(i));
            at += file.Count;
        }
        Array.Sort(result);
        return result;
    }

    private static long Repeats(ulong[] sorted)
    {
        long count = 0;
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i] == sorted[i - 1]) count++;
        return count;
    }

    private (IReadOnlyList<LabelledSequences> Tests, int Repeated) TestSequences()
    {
        var learned = test.Length == 0 ? [] : TrainSequences();
        var seen = new HashSet<ulong>();
        var repeated = 0;
        var result = new List<LabelledSequences>();
        foreach (var group in test.GroupBy(f => f.Label))
        {
            var all = new SequenceUnion(group.Select(f => f.Disjoint()));
            var fresh = new List<int>(all.Count);
            for (var i = 0; i < all.Count; i++)
            {
                var fingerprint = Fingerprints.Of(all, i);
                if (seen.Add(fingerprint) && Array.BinarySearch(learned, fingerprint) < 0) fresh.Add(i);
                else repeated++;
            }
            if (all.Count > 0) result.Add(new(group.Key, reading.KeepDuplicates ? all : new SequenceSubset(all, [.. fresh])));
        }
        return (result, repeated);
    }

    /// <summary>Training sequences at every alignment.</summary>
    private ulong[] TrainSequences()
    {
        var all = new SequenceUnion(train.Select(f => f.Sequences(0, f.Count, 1)));
        var result = new ulong[all.Count];
        Parallel.For(0, all.Count, i => result[i] = Fingerprints.Of(all, i));
        Array.Sort(result);
        return result;
    }
}
