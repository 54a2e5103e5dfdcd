using System.CommandLine;
using IoMTAD.Local.Views;

namespace IoMTAD.Local.Commands.Demo;

/// <summary><c>iomtad demo</c>: a simulated ward under watch, attacks and all.</summary>
internal static class DemoCommand
{
    public static Command Build(Terminal terminal)
    {
        var duration = new Option<TimeSpan>("--duration")
        {
            Description = "How long the watch takes on the clock; ward time runs faster. Learning comes before it.", HelpName = "TIME",
            CustomParser = DurationArgument.Parse, DefaultValueFactory = _ => TimeSpan.FromSeconds(60),
        };
        var port = new Option<int>("--port") { Description = "Port of the page.", HelpName = "N", DefaultValueFactory = _ => 5080 };
        var listen = new Option<string?>("--listen")
        {
            Description = "Address to listen on, for others to reach: a key to sign in with is printed. This machine only without it.", HelpName = "ADDRESS",
        };
        var noPage = new Option<bool>("--no-page") { Description = "Serve no page." };
        var store = new Option<string?>("--store") { Description = "New folder for events and model; .iomtad/demo-… without it.", HelpName = "DIR" };
        var end = new Option<bool>("--end") { Description = "End with the watch; at a terminal the page stays until Ctrl-C." };
        var (seed, json) = (CommonOptions.Seed(), CommonOptions.Json());
        var command = new Command("demo", "Watches a simulated ward: learns what is normal, then catches twenty attacks and malfunctions.")
        {
            duration, seed, port, listen, noPage, end, store, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(store) ?? Path.Combine(CommonOptions.DefaultStore, $"demo-{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}");
            var run = new DemoRun(terminal, DemoPlan.For(parsed.GetValue(seed)), folder, quiet: parsed.GetValue(json));
            var stays = !parsed.GetValue(end) && !parsed.GetValue(json) && terminal.IsAttended;
            var page = PageOptions.Loopback(parsed.GetValue(port));
            if (parsed.GetValue(listen) is { } address) page = page with { Address = PageSettings.Address(address) };
            var summary = await run.RunAsync(parsed.GetValue(duration), parsed.GetValue(noPage) ? null : page,
                stays ? ShowAsync : null, cancellation);
            if (parsed.GetValue(json)) terminal.WriteJson(summary);
            else if (!stays || parsed.GetValue(noPage)) DemoReport.Write(terminal, summary, folder, run.ModelFolder);
            return ExitCode.Done;

            async Task ShowAsync(DemoSummary watched, string url)
            {
                DemoReport.Write(terminal, watched, folder, run.ModelFolder);
                terminal.Error.WriteLine($"The page stays on {url}: acknowledge, learn, close there. Ctrl-C ends.");
                // Ctrl-C is how this ends well.
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation)
                    .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        });
        return command;
    }
}
