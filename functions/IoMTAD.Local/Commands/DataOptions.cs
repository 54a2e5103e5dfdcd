using System.CommandLine;
using System.CommandLine.Parsing;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Local.Commands;

/// <summary>Options of the commands that read a labelled dataset, and the reading itself.</summary>
internal sealed class DataOptions
{
    private readonly Option<string[]> data = new("--data")
    {
        Description = "CICIoMT2024 as downloaded, or captures laid out alike: a folder with train/ and test/, the label in each file's name.",
        HelpName = "DIR", AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> lenient = new("--lenient") { Description = "Skip and count what cannot be read, instead of ending with an error." };
    private readonly Option<bool> keepDuplicates = new("--keep-duplicates")
    {
        Description = "Measure on test sequences that stand in the training part, or earlier in the test part, too.",
    };
    private readonly Option<string?> inventory = CommonOptions.Inventory();

    /// <param name="capturesToo">The command also takes captures of benign traffic, file by file.</param>
    /// <param name="required">The command cannot do without data.</param>
    public DataOptions(Command command, bool capturesToo = false, bool required = true)
    {
        data.Required = required;
        if (capturesToo)
        {
            data.Description += " Or captures of benign traffic.";
            data.HelpName = "DIR|FILE…";
        }
        foreach (var option in new Option[] { data, lenient, keepDuplicates, inventory }) command.Add(option);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(data) is { Length: > 0 };

    /// <summary>Reads what the command was given, with a progress bar.</summary>
    /// <param name="parts">Those that the command needs.</param>
    /// <exception cref="CommandException">It cannot be read; every problem has been said.</exception>
    public async Task<Dataset> ReadAsync(Terminal terminal, ParseResult parsed, bool withLeaks, params string[] parts)
    {
        var sources = parsed.GetValue(data)!;
        var reading = new DatasetReading(
            parsed.GetValue(lenient), parsed.GetValue(keepDuplicates), withLeaks, Files.Inventory(parsed.GetValue(inventory)));
        var isFolder = sources.Length == 1 && Directory.Exists(sources[0]);
        if (!isFolder) Files.Require(sources);
        var load = await Bar.RunAsync(terminal, "reading", report => Task.Run(() =>
        {
            var reader = new DatasetReader(reading, report);
            return isFolder ? reader.Read(sources[0], parts) : reader.ReadBenign(sources);
        }));
        foreach (var problem in load.Problems) terminal.Error.WriteLine($"iomtad: {problem}");
        if (load.Dataset is { } dataset) return dataset;
        throw new CommandException(reading.Lenient || load.Problems.All(p => !p.Contains(": line ", StringComparison.Ordinal))
            ? "there is no data to work with" : "the data has faults: mend the files, or skip and count such lines with --lenient");
    }
}
