namespace IoMTAD.Infra.Shapes;

/// <summary>What a misspelt name was meant to be.</summary>
internal static class Spelling
{
    public static string Advice(string given, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        var nearest = names.Count == 0 ? null : names.MinBy(name => Distance(given, name));
        return nearest is not null && Distance(given, nearest) <= Math.Max(2, given.Length / 4) ? $"did you mean '{nearest}'?"
            : $"known are {string.Join(", ", names.Take(25))}{(names.Count > 25 ? " …" : "")}";
    }

    // Levenshtein, without regard to case.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var change = corner + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                corner = row[j];
                row[j] = left = Math.Min(change, Math.Min(row[j], left) + 1);
            }
        }
        return row[b.Length];
    }
}
