using System.Buffers;
using System.CommandLine;
using System.Globalization;
using IoMTAD.Api;
using IoMTAD.Capture;
using IoMTAD.Hosting.Settings;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Commands;

/// <summary><c>iomtad simulate</c>: a ward's traffic as a capture file.</summary>
internal static class SimulateCommand
{
    private const int FlushAt = 1 << 20;

    public static Command Build(Terminal terminal)
    {
        var output = new Option<string>("--out") { Description = "Capture to write (pcap).", HelpName = "FILE", Required = true };
        var duration = new Option<TimeSpan>("--duration")
        {
            Description = "Ward time to simulate: 60s, 10m, 2h.", HelpName = "TIME", CustomParser = DurationArgument.Parse,
            DefaultValueFactory = _ => TimeSpan.FromMinutes(10),
        };
        var devices = new Option<int>("--devices") { Description = "About how many devices.", HelpName = "N", DefaultValueFactory = _ => 24 };
        var attacks = new Option<string[]>("--attack")
        {
            Description = "Carry out an attack: NAME, or NAME@TIME after the start; may be repeated; 'all' for one after another. "
                + $"Names: {string.Join(", ", AttackCatalog.All.Select(a => a.Name))}.",
            HelpName = "NAME[@TIME]", AllowMultipleArgumentsPerToken = true,
        };
        var inventory = new Option<string?>("--inventory-out") { Description = "Write the ward's devices to this JSON file.", HelpName = "FILE" };
        var seed = CommonOptions.Seed();
        var command = new Command("simulate", "Writes the traffic of a simulated ward, with or without attacks, to a capture file.")
        {
            output, duration, devices, attacks, inventory, seed,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(devices) < 1) throw new CommandException("--devices must be at least 1", ExitCode.WrongUse);
            var options = new WardOptions { Seed = parsed.GetValue(seed), Devices = parsed.GetValue(devices) };
            var plan = Plan(parsed.GetValue(attacks) ?? [], options);
            var simulation = new WardSimulation(options, plan);
            var end = options.Start + parsed.GetValue(duration);
            if (plan.Count > 0 && AttackPlan.EndOf(plan) is var last && last > end) end = last;
            var frames = await WriteAsync(terminal, simulation, options.Start, end, parsed.GetValue(output)!, cancellation);
            if (parsed.GetValue(inventory) is { } path) await File.WriteAllTextAsync(path, ApiJson.Write(simulation.Inventory.Devices), cancellation);
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{frames:#,0} frames of {simulation.Inventory.Devices.Count} devices over {end - options.Start:g} in {parsed.GetValue(output)}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static List<ScheduledAttack> Plan(string[] names, WardOptions options)
    {
        var next = options.Start + TimeSpan.FromMinutes(1);
        List<ScheduledAttack> plan = [];
        foreach (var text in names)
        {
            if (text == "all")
            {
                plan.AddRange(AttackPlan.OneAfterAnother(next, TimeSpan.FromMinutes(1), options.Seed));
                continue;
            }
            var parts = text.Split('@');
            var scenario = AttackCatalog.Find(parts[0])
                ?? throw new CommandException($"no attack '{parts[0]}': see 'iomtad simulate --help'", ExitCode.WrongUse);
            var offset = TimeSpan.Zero;
            if (parts.Length > 1 && !Durations.TryParse(parts[1], out offset))
                throw new CommandException($"'{parts[1]}' in '{text}' is no duration: give for example 30s or 5m", ExitCode.WrongUse);
            var start = parts.Length > 1 ? options.Start + offset : next;
            plan.Add(new ScheduledAttack(scenario.Name, start, Seed: options.Seed));
            next = start + scenario.DefaultDuration + TimeSpan.FromMinutes(1);
        }
        return plan;
    }

    private static Task<long> WriteAsync(
        Terminal terminal, WardSimulation simulation, DateTimeOffset start, DateTimeOffset end, string path, CancellationToken cancellation) =>
        Bar.RunAsync(terminal, "simulating", async report =>
        {
            await using var file = new FileStream(path, FileMode.Create);
            var buffer = new ArrayBufferWriter<byte>(FlushAt * 2);
            PcapWriter.WriteHeader(buffer, LinkType.Ethernet);
            var frames = 0L;
            for (var now = start; now < end;)
            {
                now = now + TimeSpan.FromSeconds(1) < end ? now + TimeSpan.FromSeconds(1) : end;
                simulation.RunUntil(now, (in Frame frame) =>
                {
                    PcapWriter.WriteFrame(buffer, frame);
                    frames++;
                });
                if (buffer.WrittenCount > FlushAt || now == end)
                {
                    await file.WriteAsync(buffer.WrittenMemory, cancellation);
                    buffer.ResetWrittenCount();
                }
                report((now - start) / (end - start));
            }
            return frames;
        });
}
