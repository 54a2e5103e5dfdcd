using System.Diagnostics;
using IoMTAD.Tests;

namespace IoMTAD.Infra.Tests.Hooks;

/// <summary>The hooks, in a tree of their own, and on their path nothing but stand-ins for Azure's tools, which say what they are told to and keep
/// with what they were called.</summary>
internal sealed class HookRun : IDisposable
{
    private const string StandIn = """
        #!/bin/sh
        call="$(basename "$0") $*"
        printf '%s\n' "$call" >>"$STANDINS/calls"
        for word in "$@"; do case $word in @*) cat "${word#@}" >>"$STANDINS/files" ;; esac; done
        case $call in "psql "*" -c "*) ;; psql*) cat >>"$STANDINS/input" ;; esac
        while IFS='|' read -r pattern code text; do
            case $call in $pattern) [ -z "$text" ] || printf '%s\n' "$text"; exit "$code" ;; esac
        done <"$STANDINS/answers"
        """;

    private static readonly string[] Tools = ["az", "azd", "psql", "pg_dump", "dotnet", "curl"];

    private readonly TemporaryFolder folder = new();
    private readonly List<string> answers = [];

    public HookRun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "hooks are for POSIX shells");
        foreach (var part in (string[])["tools", "tree/functions/IoMTAD.Functions", "tree/infra/hooks", "tree/infra/grafana/dashboards", "tmp"])
            Directory.CreateDirectory(folder.File(part));
        foreach (var hook in Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, "infra/hooks")))
            File.Copy(hook, Path.Combine(folder.File("tree/infra/hooks"), Path.GetFileName(hook)));
        File.WriteAllText(folder.File("tree/infra/grafana/reader.sql"), "-- the reader's views");
        foreach (var name in (string[])["iomtad-ward", "iomtad-models"])
            File.WriteAllText(folder.File($"tree/infra/grafana/dashboards/{name}.json"), "{}");
        foreach (var tool in Tools) Add(tool);
    }

    /// <summary>What azd hands to its hooks.</summary>
    public Dictionary<string, string> Environment { get; } = new()
    {
        ["AZURE_SUBSCRIPTION_ID"] = "sub", ["AZURE_RESOURCE_GROUP"] = "rg-ward", ["AZURE_KEY_VAULT_NAME"] = "kv-ward", ["IOMTAD_ADDRESS"] = "192.0.2.7",
        ["IOMTAD_RECORD_SERVER"] = "psql-ward", ["IOMTAD_RECORD_HOST"] = "psql-ward.example", ["IOMTAD_RECORD_DATABASE"] = "iomtad",
        ["IOMTAD_RECORD_ADMINISTRATOR"] = "anna@hospital.example", ["IOMTAD_HOST_IDENTITY_NAME"] = "id-iomtad", ["IOMTAD_HOST_IDENTITY_ID"] = "5d1f",
        ["IOMTAD_BROKERS"] = "ns.example:9093", ["IOMTAD_GRAFANA_NAME"] = "grafana-ward", ["IOMTAD_GRAFANA_URL"] = "https://grafana.example",
        ["IOMTAD_INFLUX_URL"] = "https://influx.example", ["IOMTAD_VNET_ENABLED"] = "false", ["IOMTAD_TRIES"] = "2", ["IOMTAD_WAIT"] = "0",
    };

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>Each call, in order: tool and arguments.</summary>
    public IReadOnlyList<string> Calls => Read("calls").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What psql was given to read, and what lay in files that a call named.</summary>
    public string Input => Read("input");

    public string Files => Read("files");

    /// <summary>To calls that fit a pattern of the shell; the first that fits holds, and without one a tool says nothing and succeeds.</summary>
    public HookRun Answer(string pattern, string text = "", int code = 0)
    {
        answers.Add($"{pattern}|{code}|{text}");
        return this;
    }

    public void Remove(string tool) => File.Delete(folder.File($"tools/{tool}"));

    public string Of(string file) => folder.File($"tree/{file}");

    /// <returns>The hook's exit code.</returns>
    public int Run(string hook)
    {
        File.WriteAllLines(folder.File("answers"), answers);
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { Of($"infra/hooks/{hook}") }, UseShellExecute = false, WorkingDirectory = Of(""),
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        (start.Environment["STANDINS"], start.Environment["TMPDIR"]) = (folder.Path, folder.File("tmp"));
        start.Environment["PATH"] = $"{folder.File("tools")}:/usr/bin:/bin";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Output = process.StandardOutput.ReadToEnd();
        Error = error.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose() => folder.Dispose();

    private void Add(string tool)
    {
        File.WriteAllText(folder.File($"tools/{tool}"), StandIn);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.File($"tools/{tool}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Read(string file) => File.Exists(folder.File(file)) ? File.ReadAllText(folder.File(file)) : "";
}
