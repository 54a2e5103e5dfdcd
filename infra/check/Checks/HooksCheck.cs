using System.Globalization;
using System.Text.RegularExpressions;

namespace IoMTAD.Infra.Checks;

/// <summary>Hooks run on the machine of whoever deploys: any POSIX shell has to take them.</summary>
internal sealed partial class HooksCheck : ICheck
{
    public string Name => "hooks";

    public string Purpose => "infra/**/*.sh: executable, sh takes them, shellcheck has nothing to say";

    public void Run(DeploymentTree tree, Report report)
    {
        var files = tree.Find("infra", "*.sh");
        report.See(files);
        // What others read in is run by nobody.
        var included = files.Where(file => files.Any(other => Included(Path.GetFileName(file)).IsMatch(tree.Read(other)))).ToList();
        foreach (var file in files.Except(included))
        {
            if (!OperatingSystem.IsWindows() && !System.IO.File.GetUnixFileMode(tree.Full(file)).HasFlag(UnixFileMode.UserExecute))
                report.Add(file, 1, "is not executable", $"chmod +x {file}, and git add --chmod=+x");
            if (tree.Lines(file) is not ["#!/bin/sh" or "#!/usr/bin/env sh", ..]) report.Add(file, 1, "does not start with #!/bin/sh", "write it for any shell");
        }
        if (!Tool.IsThere("sh")) report.Note("there is no sh here: whether it takes the files was not tried");
        else foreach (var file in files) Try(tree, report, file);
        if (!Tool.IsThere("shellcheck")) report.Note("shellcheck is not installed here: the files were not held against it");
        else if (files.Count > 0) Read(report, Tool.Run("shellcheck", tree.Root, ["-x", "-f", "gcc", .. files]).Text);
    }

    private static Regex Included(string name) => new($@"^\s*\. .*\b{Regex.Escape(name)}\b", RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    private static void Try(DeploymentTree tree, Report report, string file)
    {
        var output = Tool.Run("sh", tree.Root, "-n", file);
        if (output.ExitCode == 0) return;
        var line = LineNumber().Match(output.Error) is { Success: true } match ? int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) : 1;
        report.Add(file, line, $"sh does not take it: {output.Error.Trim()}", "mend it");
    }

    private static void Read(Report report, string text)
    {
        foreach (Match match in Remark().Matches(text))
            report.Add(match.Groups["file"].Value, int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture), $"shellcheck: {match.Groups["text"].Value}", "mend it");
    }

    [GeneratedRegex(@":( line)? (?<line>\d+):", RegexOptions.ExplicitCapture)]
    private static partial Regex LineNumber();

    [GeneratedRegex(@"^(?<file>[^:\n]+):(?<line>\d+):\d+: \w+: (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Remark();
}
