using System.Diagnostics;

namespace IoMTAD.Local.Tests.Capture.Simulation;

/// <summary>The reference dissector; tests that need it are skipped where it is not installed.</summary>
internal static class Tshark
{
    private static readonly string? Executable = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "tshark.exe" : "tshark"))
        .FirstOrDefault(File.Exists);

    /// <summary>The values of the fields of every frame that the filter lets through, one array per frame.</summary>
    public static List<string[]> Fields(byte[] pcap, string filter, params string[] fields)
    {
        Assert.SkipWhen(Executable is null, "needs tshark on the PATH");
        var file = Path.Combine(Path.GetTempPath(), $"iomtad-{Guid.NewGuid():n}.pcap");
        File.WriteAllBytes(file, pcap);
        try
        {
            var start = new ProcessStartInfo(Executable!)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            string[] arguments =
            [
                "-n", "-r", file, "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
                "-T", "fields", "-E", "separator=|", .. fields.SelectMany(f => new[] { "-e", f }),
                .. filter.Length > 0 ? new[] { "-Y", filter } : [],
            ];
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return [.. lines.Select(l => l.Split('|'))];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
