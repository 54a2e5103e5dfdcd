using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using IoMTAD.Functions.Tests;
using IoMTAD.Tests;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace IoMTAD.Functions.Tests;

/// <summary>A storage account of the test run's own, by Microsoft's emulator, started with the first test that needs it; where it is absent, such
/// tests are skipped.</summary>
public sealed partial class Azurite : IAsyncDisposable
{
    private const string Account = "ward", Install = "npm ci --ignore-scripts --prefix tests/azurite";

    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "tests", "azurite");
    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly TemporaryFolder data = new();
    private readonly TaskCompletionSource ready = new();
    private readonly Dictionary<string, string> endpoints = new(StringComparer.Ordinal);
    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private Process? process;

    /// <summary>Of the account: blobs, queues and tables. Tests that share it take containers and queues of their own.</summary>
    public async Task<string> ConnectionStringAsync()
    {
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (process is null) Start();
            await ready.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            gate.Release();
        }
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};" +
            string.Concat(endpoints.Select(e => $"{e.Key}Endpoint={e.Value}/{Account};"));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
        data.Dispose();
        gate.Dispose();
    }

    private void Start()
    {
        var program = Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        Assert.SkipUnless(File.Exists(program), $"needs a storage emulator: {Install}");
        // Ports are its own choice, so that none can be taken already; it says which.
        var start = new ProcessStartInfo("node",
        [
            program, "--location", data.Path, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--skipApiVersionCheck", "--disableTelemetry",
        ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" },
        };
        var started = new Process { StartInfo = start, EnableRaisingEvents = true };
        started.OutputDataReceived += (_, e) => Hear(e.Data);
        started.ErrorDataReceived += (_, _) => { };
        started.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("Azurite ended before it was ready"));
        try
        {
            started.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"needs node 20 or later on the PATH; then {Install}");
        }
        process = started;
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
    }

    private void Hear(string? line)
    {
        if (Listening().Match(line ?? "") is not { Success: true } match) return;
        endpoints[match.Groups["service"].Value] = match.Groups["address"].Value;
        if (Services.All(endpoints.ContainsKey)) ready.TrySetResult();
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>http://\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
