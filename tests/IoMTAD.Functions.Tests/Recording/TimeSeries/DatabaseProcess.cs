using System.Diagnostics;
using IoMTAD.Tests;

namespace IoMTAD.Functions.Tests.Recording.TimeSeries;

/// <summary>A time series database of a test's own, on a loopback port, with a folder that goes with it; where there is none, the test is skipped.</summary>
internal sealed class DatabaseProcess : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly Process process;
    private readonly TaskCompletionSource<string> ready = new();

    private DatabaseProcess(TemporaryFolder folder, ProcessStartInfo start, string word)
    {
        this.folder = folder;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Hear(e.Data, word);
        process.ErrorDataReceived += (_, e) => Hear(e.Data, word);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"{start.FileName} ended before it was ready"));
    }

    /// <param name="word">Of the line by which it says that it is ready.</param>
    /// <returns>With that line.</returns>
    public static async Task<(DatabaseProcess Process, string Line)> StartAsync(
        string program, string package, Func<TemporaryFolder, IEnumerable<string>> arguments, string word)
    {
        var own = new TemporaryFolder();
        var database = new DatabaseProcess(own, new ProcessStartInfo(program, arguments(own)), word);
        try
        {
            database.process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            own.Dispose();
            Assert.Skip($"needs {program}: apt-get install {package}");
        }
        database.process.BeginOutputReadLine();
        database.process.BeginErrorReadLine();
        return (database, await database.ready.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        folder.Dispose();
    }

    private void Hear(string? line, string word)
    {
        if (line?.Contains(word, StringComparison.Ordinal) == true) ready.TrySetResult(line);
    }
}
