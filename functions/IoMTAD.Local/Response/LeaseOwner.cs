using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace IoMTAD.Local.Response;

/// <summary>Which process is sending a message: what one of this machine left behind when it ended need not wait for its lease to run out.</summary>
internal static class LeaseOwner
{
    /// <summary>The system tells a process's start to a few milliseconds only.</summary>
    private static readonly TimeSpan Same = TimeSpan.FromSeconds(2);

    /// <summary>This machine; of a container its space of process numbers too, for two of them may go by one name.</summary>
    private static readonly string Machine = Environment.MachineName + new FileInfo("/proc/self/ns/pid").LinkTarget;

    /// <summary>Machine, process and when it started: a number may be given to another process later.</summary>
    public static string Own { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{Machine} {Environment.ProcessId} {Process.GetCurrentProcess().StartTime.ToUniversalTime().Ticks}");

    /// <returns>True too where it cannot be told, as for a process of another machine.</returns>
    public static bool IsAlive(string owner)
    {
        if (owner.Split(' ') is not [var machine, var number, var start] || machine != Machine
            || !int.TryParse(number, CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(start, CultureInfo.InvariantCulture, out var ticks))
            return true;
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && (process.StartTime.ToUniversalTime() - new DateTime(ticks, DateTimeKind.Utc)).Duration() < Same;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return true;
        }
    }
}
