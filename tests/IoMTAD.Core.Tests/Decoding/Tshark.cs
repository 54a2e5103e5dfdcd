using System.Diagnostics;

namespace IoMTAD.Core.Tests.Decoding;

/// <summary>Asks tshark for fields of every frame of a capture, or skips the test loudly where there is none.</summary>
internal static class Tshark
{
    /// <summary>One row per frame; several values of a field are joined by commas. Nothing is reassembled: neither do we.</summary>
    public static List<string[]> Fields(string capture, params string[] fields)
    {
        var start = new ProcessStartInfo("tshark") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] options = ["ip.defragment:FALSE", "ipv6.defragment:FALSE", "tcp.desegment_tcp_streams:FALSE"];
        foreach (var argument in (string[])["-r", capture, "-n", .. options.SelectMany(o => (string[])["-o", o]), "-T", "fields",
            .. fields.SelectMany(f => (string[])["-e", f])])
        {
            start.ArgumentList.Add(argument);
        }
        var rows = new List<string[]>();
        try
        {
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            while (process.StandardOutput.ReadLine() is { } line) rows.Add(line.Split('\t'));
            process.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("needs tshark on the PATH");
        }
        return rows;
    }
}
