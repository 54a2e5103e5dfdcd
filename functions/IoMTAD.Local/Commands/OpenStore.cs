using System.Data.Common;
using IoMTAD.Hosting.Response;
using IoMTAD.Hosting.Response.Settings;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Response;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Local.Views;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary>The event store of a folder, opened for a command's length.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly string folder;

    private OpenStore(string folder)
    {
        this.folder = folder;
        Database = SqliteDatabase.Open(folder);
        Events = new SqliteEventStore(Database, TimeProvider.System);
        Reads = new SqliteReadModels(Database, Events);
    }

    public SqliteDatabase Database { get; }

    public SqliteEventStore Events { get; }
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
                $"the event store in '{folder}' cannot be opened: {e.Message} "
                + $"Put back a copy of {SqliteDatabase.FileName}, or name another folder with --store");
        }
    }

    /// <summary>Who is told of what this store records.</summary>
    public Notifications Notifications(NotificationSettings settings, IAnsiConsole console) =>
        new(settings, new TerminalSurroundings(console, folder, settings.BaseAddress, TimeProvider.System), Events,
            new SqlOutbox(Events, LeaseOwner.Own, LeaseOwner.IsAlive), new SqlFollowUps(Events));

    /// <param name="wake">Called when something was put back into the outbox.</param>
    public NotificationDesk Desk(NotificationSettings settings, Notifications notifications, Action wake)
    {
        var rows = new SqliteNotificationQueries(Database, new SqliteViews(Database, Events));
        return new(notifications, rows, TimeProvider.System, wake, new LetterBox(settings, folder, rows, TimeProvider.System).ReadAsync);
    }

    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, SqliteDatabase.FileName));

    /// <exception cref="CommandException">There is none.</exception>
    public static OpenStore Existing(string folder) => IsIn(folder)
        ? OrNew(folder)
        : throw new CommandException(
            $"no event store in '{folder}': name its folder with --store, or make one with 'iomtad demo' or 'iomtad detect … --store {folder}'");

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
