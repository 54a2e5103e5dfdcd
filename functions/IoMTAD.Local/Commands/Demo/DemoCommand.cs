using System.CommandLine;

namespace IoMTAD.Local.Commands.Demo;

/// <summary><c>iomtad demo</c>: a simulated ward under watch, attacks and all.</summary>
internal static class DemoCommand
{
    public static Command Build(Terminal terminal)
    {
        var duration = new Option<TimeSpan>("--duration")
        {
            Description = "How long the watch takes on the clock; ward time runs faster. Learning comes before it.", HelpName = "TIME",
            CustomParser = Durations.Parse, DefaultValueFactory = _ => TimeSpan.FromSeconds(60),
        };
        var port = new Option<int>("--port") { Description = "Port of the page, on this machine only.", HelpName = "N", DefaultValueFactory = _ => 5080 };
        var noPage = new Option<bool>("--no-page") { Description = "Serve no page." };
        var store = new Option<string?>("--store") { Description = "New folder for events and model; .iomtad/demo-… without it.", HelpName = "DIR" };
        var (seed, json) = (CommonOptions.Seed(), CommonOptions.Json());
        var command = new Command("demo", "Watches a simulated ward: learns what is normal, then catches twenty attacks and malfunctions.")
        {
            duration, seed, port, noPage, store, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(store) ?? Path.Combine(CommonOptions.DefaultStore, $"demo-{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}");
            var run = new DemoRun(terminal, DemoPlan.For(parsed.GetValue(seed)), folder, quiet: parsed.GetValue(json));
            var summary = await run.RunAsync(
                parsed.GetValue(duration), parsed.GetValue(noPage) ? null : parsed.GetValue(port), cancellation);
            if (parsed.GetValue(json)) terminal.WriteJson(summary);
            else DemoReport.Write(terminal, summary, folder, run.ModelFolder);
            return ExitCode.Done;
        });
        return command;
    }
}
