using System.Diagnostics;
using IoMTAD.Functions.Recording;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>A PostgreSQL of the test run's own, started with the first test that needs it; where there is none, such tests are skipped.</summary>
/// <remarks>The programs are those of the newest version in <c>/usr/lib/postgresql</c>, or of the folder in <c>IOMTAD_POSTGRES</c>.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Template = "record";

    // The server refuses to run as root.
    private static readonly string[] AsOwner =
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={PostgresDatabase.Owner}", $"--regid={PostgresDatabase.Owner}", "--clear-groups"] : [];

    private readonly SemaphoreSlim gate = new(1, 1);
    private TemporaryFolder? folder;
    private string? programs;
    private int databases;
    private bool isReady;

    /// <returns>The folder of its programs; null where it is not installed.</returns>
    public static string? Find()
    {
        const string Versions = "/usr/lib/postgresql";
        if (Environment.GetEnvironmentVariable("IOMTAD_POSTGRES") is { } set) return Directory.Exists(set) ? set : null;
        if (!Directory.Exists(Versions)) return null;
        return Directory.GetDirectories(Versions).Select(v => Path.Combine(v, "bin")).Order(StringComparer.Ordinal).LastOrDefault();
    }

    /// <summary>The same, or a skipped test.</summary>
    public static string Require()
    {
        var found = Find();
        Assert.SkipWhen(found is null, "needs PostgreSQL: install it, or set IOMTAD_POSTGRES to the folder of its programs");
        return found;
    }

    /// <summary>A new database with the record's schema.</summary>
    public Task<PostgresDatabase> RecordAsync() => CreateAsync(Template);

    /// <summary>A new database with nothing in it.</summary>
    public Task<PostgresDatabase> EmptyAsync() => CreateAsync("template0");

    /// <summary>A copy of a database to which nobody is connected.</summary>
    public async Task<PostgresDatabase> CreateAsync(string template)
    {
        await gate.WaitAsync();
        try
        {
            if (!isReady) await StartAsync();
            var database = new PostgresDatabase(folder!.Path, $"test{++databases}");
            await ExecuteAsync($"CREATE DATABASE {database.Name} TEMPLATE {template} OWNER {PostgresDatabase.Deployment}");
            return database;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>As by a power cut: nothing is written any more, and what was committed is recovered from the log.</summary>
    public async Task CrashAsync()
    {
        await ControlAsync("stop", "-m", "immediate");
        await ControlAsync("start", "-l", folder!.File("data/log"));
    }

    public async ValueTask DisposeAsync()
    {
        if (programs is not null) await ControlAsync("stop", "-m", "immediate");
        folder?.Dispose();
        gate.Dispose();
    }

    private async Task StartAsync()
    {
        if (programs is not null) throw new InvalidOperationException("the server did not start, or refused the schema: see the first test that needed it");
        var found = Require();
        folder ??= new TemporaryFolder();
        var data = folder.File("data");
        if (AsOwner.Length > 0) await RunAsync(["chown", PostgresDatabase.Owner, folder.Path]);
        await RunAsync([.. AsOwner, Path.Combine(found, "initdb"), "-D", data, "-U", PostgresDatabase.Owner, "-A", "trust", "-E", "UTF8", "--no-locale"]);
        // Only by a socket in the folder: there is no port to collide on. Writes are flushed to disk, as they are by default.
        await File.AppendAllTextAsync(Path.Combine(data, "postgresql.conf"), $"""
            listen_addresses = ''
            unix_socket_directories = '{folder.Path}'
            max_connections = 200
            """);
        var access = Path.Combine(data, "pg_hba.conf");
        await File.WriteAllTextAsync(access, $"local all {PostgresDatabase.PasswordRole} password\n{await File.ReadAllTextAsync(access)}");
        programs = found;
        await ControlAsync("start", "-l", folder.File("data/log"));
        foreach (var role in (string[])[PostgresDatabase.Deployment, PostgresDatabase.RuntimeRole, PostgresDatabase.ReaderRole])
            await ExecuteAsync($"CREATE ROLE {role} LOGIN");
        await ExecuteAsync($"CREATE ROLE {PostgresDatabase.PasswordRole} LOGIN PASSWORD '{PostgresDatabase.Password}'");
        await ExecuteAsync($"CREATE DATABASE {Template} OWNER {PostgresDatabase.Deployment}");
        await using var source = new PostgresDatabase(folder.Path, Template).Open(PostgresDatabase.Deployment);
        await RecordSchema.ApplyAsync(source, PostgresDatabase.RuntimeRole);
        isReady = true;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = new PostgresDatabase(folder!.Path, "postgres").Open(PostgresDatabase.Owner);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Task ControlAsync(string what, params string[] options) =>
        RunAsync([.. AsOwner, Path.Combine(programs!, "pg_ctl"), what, "-w", "-D", folder!.File("data"), .. options]);

    private async Task RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder!.Path, RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {said}");
    }
}
