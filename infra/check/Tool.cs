using System.Diagnostics;

namespace IoMTAD.Infra;

/// <summary>What a program said.</summary>
internal sealed record ToolOutput(int ExitCode, string Text, string Error);

/// <summary>Programs that this one calls.</summary>
internal static class Tool
{
    /// <summary>Whether a program of this name lies on the path.</summary>
    public static bool IsThere(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".exe")));

    public static ToolOutput Run(string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, text, error.GetAwaiter().GetResult());
    }
}
