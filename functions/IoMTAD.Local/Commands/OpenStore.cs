using System.Data.Common;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Response;
using IoMTAD.Local.Views;

namespace IoMTAD.Local.Commands;

/// <summary>The event store of a folder, opened for a command's length.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private OpenStore(string folder)
    {
        Database = SqliteDatabase.Open(folder);
        Events = new SqliteEventStore(Database, TimeProvider.System);
        Outbox = new SqliteOutbox(Database, Events);
        Reads = new SqliteReadModels(Database, Events);
    }

    public SqliteDatabase Database { get; }

    public SqliteEventStore Events { get; }
    public SqliteOutbox Outbox { get; }
    public SqliteReadModels Reads { get; }

    /// <exception cref="CommandException">What lies there is no event store.</exception>
    public static OpenStore OrNew(string folder)
    {
        try
        {
            return new OpenStore(folder);
        }
        catch (DbException e)
        {
            throw new CommandException(
                $"the event store in '{folder}' cannot be opened: {e.Message} Put back a copy of {SqliteDatabase.FileName}, or name another folder with --store");
        }
    }

    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, SqliteDatabase.FileName));

    /// <exception cref="CommandException">There is none.</exception>
    public static OpenStore Existing(string folder) => IsIn(folder)
        ? OrNew(folder)
        : throw new CommandException(
            $"no event store in '{folder}': name its folder with --store, or make one with 'iomtad demo' or 'iomtad detect … --store {folder}'");

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
