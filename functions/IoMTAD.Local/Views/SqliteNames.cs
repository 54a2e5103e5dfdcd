using IoMTAD.Local.Recording;

namespace IoMTAD.Local.Views;

/// <summary>Numbers for the names that index rows hold. A number once given stays, whatever is rebuilt.</summary>
internal sealed class SqliteNames(SqliteDatabase database)
{
    public const string Device = "device", Ward = "ward", Class = "class", Type = "type", Feature = "feature";

    private readonly Dictionary<string, Dictionary<string, long>> known =
        new[] { Device, Ward, Class, Type, Feature }.ToDictionary(sort => sort, _ => new Dictionary<string, long>());

    /// <summary>Within the transaction that uses the number.</summary>
    public long? NumberOf(string sort, string? name)
    {
        if (name is null) return null;
        var ofSort = known[sort];
        if (ofSort.TryGetValue(name, out var number)) return number;
        number = database.Statement("SELECT number FROM names WHERE sort = ?1 AND name = ?2").Bind(1, sort).Bind(2, name).Number() ?? Add(sort, name);
        return ofSort[name] = number;
    }

    /// <summary>After a transaction that failed: numbers given in it are none.</summary>
    public void Forget()
    {
        foreach (var ofSort in known.Values) ofSort.Clear();
    }

    private long Add(string sort, string name)
    {
        // Features are counted from 1 on their own: their numbers are places in a set of bits.
        var next = sort == Feature
            ? "SELECT COALESCE(MAX(number), 0) + 1 FROM names WHERE number < 1000"
            : "SELECT MAX(COALESCE(MAX(number), 0), 999) + 1 FROM names";
        var number = database.Statement(next).Number()!.Value;
        database.Statement("INSERT INTO names VALUES (?1, ?2, ?3)").Bind(1, number).Bind(2, sort).Bind(3, name).Run();
        return number;
    }
}
