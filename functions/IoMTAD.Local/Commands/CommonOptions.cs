using System.CommandLine;

namespace IoMTAD.Local.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public const string DefaultStore = ".iomtad";

    public static Option<string> Store() => new("--store")
    {
        Description = "Folder of the event store.", HelpName = "DIR", DefaultValueFactory = _ => DefaultStore,
    };

    public static Option<string?> Config() => new("--config")
    {
        Description = "File of settings instead of iomtad.json in the store's folder.", HelpName = "FILE",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON, one object per line." };

    public static Option<string?> Inventory() => new("--inventory")
    {
        Description = "JSON file of known devices: an array of {address, id, kind, ward}.", HelpName = "FILE",
    };

    public static Option<int> Seed() => new("--seed") { Description = "Same seed, same result.", HelpName = "N", DefaultValueFactory = _ => 1 };
}
