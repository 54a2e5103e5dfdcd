using System.Diagnostics;
using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Hosting.Capture;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Training.Export;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>
/// Ten thousand devices for an hour of their time, as fast as it goes: what the whole process takes. It runs in a process of its own, which
/// has done nothing else.
/// </summary>
internal static class MemoryStage
{
    public const string ChildArgument = "--soak";

    private const double GoalMebibytes = 400;

    public static void Run(Bench bench)
    {
        var folder = Path.Combine(bench.Folder, "soak");
        ModelBundle.Write(bench.Model, folder);
        var minutes = bench.Settings.Quick ? 2 : 60;
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ChildArgument, folder, $"{minutes}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        var samples = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        if (samples.Length < 2) throw new InvalidOperationException($"the soak ended with {child.ExitCode}: {output}");
        bench.Rows.Add(new("memory, 10,000 devices", $"{minutes} minutes of their time", "MiB",
            Sample.Of(samples), GoalMebibytes) { LessIsBetter = true });
        var quarter = Math.Max(1, samples.Length / 4);
        var (second, last) = (samples[quarter..(2 * quarter)].Average(), samples[^quarter..].Average());
        bench.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"memory: mean of the second quarter {second:0} MiB, of the last {last:0} MiB"));
    }

    /// <param name="args">The folder of the model and of the store, and how many minutes.</param>
    public static int RunChild(string[] args)
    {
        var model = ModelBundle.Read(args[0], WindowSchema.Schema).Model ?? throw new InvalidOperationException("no model");
        var database = SqliteDatabase.Open(args[0]);
        var processor = new TrafficProcessor(new SqliteEventStore(database, TimeProvider.System), new ManagedAnomalyScorer(model),
            WindowSchema.Schema, DeviceInventory.Empty, new PolicyOptions(), NullLogger<TrafficProcessor>.Instance);
        var source = new CrowdSource(int.Parse(args[1], CultureInfo.InvariantCulture),
            () => Console.WriteLine((Environment.WorkingSet / 1048576.0).ToString(CultureInfo.InvariantCulture)));
        processor.RunAsync(source, CancellationToken.None).GetAwaiter().GetResult();
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return 0;
    }
}
