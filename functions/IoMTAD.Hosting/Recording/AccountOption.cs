using System.CommandLine;

namespace IoMTAD.Hosting.Recording;

/// <summary>Who gives a command, for the record.</summary>
public static class AccountOption
{
    public static Option<string> By() => new("--by")
    {
        Description = "The account that stands in the record.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName,
    };
}
