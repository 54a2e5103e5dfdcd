using System.CommandLine;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad health</c>: asks a running host for a sign of life, where no other client is at hand, as in its container.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Build(Terminal terminal)
    {
        var url = new Option<Uri>("--url")
        {
            Description = "Where the host listens.", HelpName = "URL",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080/"),
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var given) && given.Scheme is "http" or "https") return given;
                result.AddError("--url: write for example http://127.0.0.1:5080/");
                return null;
            },
        };
        var command = new Command("health", "Asks a running host whether it answers: exit code 0 if it does, 1 if not.") { url };
        command.SetAction(async (parsed, cancellation) =>
        {
            var probe = new Uri(parsed.GetValue(url)!, "/healthz");
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            try
            {
                using var answer = await client.GetAsync(probe, cancellation);
                terminal.Output.WriteLine(answer.IsSuccessStatusCode ? "ok" : $"{probe} answers {(int)answer.StatusCode}");
                return answer.IsSuccessStatusCode ? ExitCode.Done : ExitCode.FaultInInput;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                throw new CommandException($"no answer from {probe}: {e.Message}");
            }
        });
        return command;
    }
}
