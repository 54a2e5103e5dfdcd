using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using IoMTAD.Tests;
using MimeKit;

namespace IoMTAD.Local.Tests.Response.Channels;

/// <param name="To">Recipients of the envelope.</param>
internal sealed record ReceivedMail(IReadOnlyList<string> To, string? User, MimeMessage Message);

/// <summary>A real mail server in a process of its own: see tests/smtp/server.mjs.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "tests", "smtp");

    private readonly Process process;
    private readonly Channel<JsonElement> said = Channel.CreateUnbounded<JsonElement>();
    private readonly Lock gate = new();
    private readonly List<ReceivedMail> received = [];

    private SmtpServer(Process process) => this.process = process;

    public int Port { get; private set; }

    public IReadOnlyList<ReceivedMail> Received
    {
        get
        {
            lock (gate) return [.. received];
        }
    }

    /// <summary>What it says of a mail may come later than its answer to the sender.</summary>
    /// <returns>All that it received, once there are so many.</returns>
    public async Task<IReadOnlyList<ReceivedMail>> ReceivedAsync(int least)
    {
        while (Received.Count < least) await NextAsync("message");
        return Received;
    }

    /// <summary>A running server, or a skipped test.</summary>
    /// <param name="settings">As server.mjs takes them.</param>
    public static async Task<SmtpServer> StartAsync(object? settings = null)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules", "smtp-server")),
            "needs a mail server: npm ci --ignore-scripts --prefix tests/smtp");
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.ArgumentList.Add("server.mjs");
        start.ArgumentList.Add(JsonSerializer.Serialize(settings ?? new { }));
        var server = new SmtpServer(new Process { StartInfo = start });
        try
        {
            server.process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("needs node");
        }
        server.process.OutputDataReceived += (_, e) => server.Hear(e.Data);
        server.process.ErrorDataReceived += (_, _) => { };
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        server.Port = (await server.NextAsync("port")).GetInt32();
        return server;
    }

    /// <summary>From now on it behaves so.</summary>
    public async Task BehaveAsync(object behaviour)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(behaviour));
        await process.StandardInput.FlushAsync();
        await NextAsync("behaviour");
    }

    /// <summary>Waits for something that it says of itself.</summary>
    public async Task<JsonElement> NextAsync(string what)
    {
        await foreach (var line in said.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
            if (line.TryGetProperty(what, out var value)) return value;
        throw new InvalidOperationException($"the mail server ended without a {what}");
    }

    /// <summary>Ends it without a farewell.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            said.Writer.TryComplete();
            return;
        }
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement.Clone();
        if (root.TryGetProperty("message", out var message))
            lock (gate) received.Add(Parse(root, message.GetString()!));
        said.Writer.TryWrite(root);
    }

    private static ReceivedMail Parse(JsonElement root, string message)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message));
        return new([.. root.GetProperty("to").EnumerateArray().Select(t => t.GetString()!)], root.GetProperty("user").GetString(), MimeMessage.Load(stream));
    }
}
