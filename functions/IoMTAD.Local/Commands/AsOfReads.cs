using System.CommandLine;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Views;
using IoMTAD.Views;

namespace IoMTAD.Local.Commands;

/// <summary>The record as it is, or as it stood when a moment had been recorded: then its first commits are folded anew, into a file that goes again.</summary>
internal sealed class AsOfReads : IAsyncDisposable
{
    private readonly DirectoryInfo? folder;
    private readonly SqliteDatabase? rows;

    public AsOfReads(OpenStore open, DateTimeOffset? asOf)
    {
        Reads = open.Reads;
        if (asOf is null) return;
        folder = Directory.CreateTempSubdirectory("iomtad-as-of-");
        rows = SqliteDatabase.Open(folder.FullName);
        Reads = new SqliteReadModels(rows, open.Database, new SqliteViews(rows, open.Events) { AsOf = asOf });
    }

    public IReadModels Reads { get; }

    public static Option<DateTimeOffset?> Option() => Times.Option("--as-of", "The record as it stood when all up to then was recorded, by the host's clock.");

    public async ValueTask DisposeAsync()
    {
        if (rows is not null) await rows.DisposeAsync();
        folder?.Delete(recursive: true);
    }
}
