using System.CommandLine;
using System.Text.Json;

namespace IoMTAD.Infra;

/// <summary>The command line of the checker.</summary>
internal static class CheckCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var parsed = Build(output, error).Parse(arguments);
        if (parsed.Errors.Count == 0) return parsed.Invoke(new() { Output = output, Error = error });
        foreach (var fault in parsed.Errors) error.WriteLine($"{fault.Message} (--help says what there is)");
        return ExitCode.WrongUse;
    }

    private static RootCommand Build(TextWriter output, TextWriter error)
    {
        var root = new Option<string?>("--root")
        {
            HelpName = "DIR", Recursive = true, Description = "Top of the tree; else the folder with IoMTAD.sln at or above this one.",
        };
        var only = new Option<string[]>("--only")
        {
            HelpName = "NAME", Description = "Only this check; may be repeated.", AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. CheckList.All.Select(c => c.Name)]);
        var json = new Option<bool>("--json") { Description = "One JSON object per check." };
        var command = new RootCommand("Holds the deployment files against what Azure, azd, Kubernetes, Grafana and the host's own source say of them.\n\n"
            + "Checks:\n" + string.Join('\n', CheckList.All.Select(c => $"  {c.Name,-12} {c.Purpose}")) + "\n\nExit: 0 nothing found, 1 findings, 2 wrong use.")
        {
            root, only, json, QueriesCommand.Build(root, output, error),
        };
        command.SetAction(parsed =>
        {
            if (TopOf(parsed.GetValue(root)) is not { } folder)
            {
                error.WriteLine("there is no such tree: name with --root the folder that holds IoMTAD.sln");
                return ExitCode.WrongUse;
            }
            var reports = CheckList.Run(new DeploymentTree(folder), parsed.GetValue(only) ?? []);
            foreach (var report in reports)
                if (parsed.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(report, Json));
                else Write(output, report);
            return reports.All(r => r.Findings.Count == 0) ? ExitCode.Done : ExitCode.Found;
        });
        return command;
    }

    private static void Write(TextWriter output, Report report)
    {
        var found = report.Findings.Count == 0 ? "" : $", {report.Findings.Count} found";
        output.WriteLine($"{report.Check,-12} {report.Files.Count} {(report.Files.Count == 1 ? "file" : "files")}{found}");
        foreach (var note in report.Notes) output.WriteLine($"  note: {note}");
        foreach (var finding in report.Findings) output.WriteLine($"  {finding}");
    }

    /// <summary>The folder that is named, else the first one at or above this with a solution; null where there is none.</summary>
    public static string? TopOf(string? named)
    {
        if (named is not null) return Directory.Exists(named) ? named : null;
        for (var at = new DirectoryInfo(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "IoMTAD.sln"))) return at.FullName;
        return null;
    }
}
