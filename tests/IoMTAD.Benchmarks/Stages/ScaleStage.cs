using System.Diagnostics;
using System.Globalization;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Models;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>Training on a dataset as large as the published one, in a process of its own: seconds per step and the most memory that it
/// took. It writes gigabytes and takes minutes, so it runs only when it is named.</summary>
internal static class ScaleStage
{
    public const string ChildArgument = "--scale", Name = "scale";

    private const double GoalMebibytes = 4096;
    private const int Threads = 2;

    public static void Run(Bench bench)
    {
        var source = Environment.GetEnvironmentVariable("IOMTAD_DATA") ?? Path.Combine("..", "shared", "data");
        source = Path.Combine(source, "ciciomt2024");
        if (!Directory.Exists(source))
        {
            bench.Notes.Add($"scale: needs rows of the dataset: set IOMTAD_DATA to the folder that holds ciciomt2024 ({source} is none)");
            return;
        }
        var rows = bench.Settings.Quick ? 200_000 : 8_800_000;
        var folder = Path.Combine(bench.Folder, "scale");
        ResampledDataset.Write(source, folder, rows, seed: 1);
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ChildArgument, folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        while (child.StandardOutput.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            if (parts is [var note])
            {
                bench.Notes.Add(note);
                continue;
            }
            var value = double.Parse(parts[1], CultureInfo.InvariantCulture);
            double? goal = parts[2] == "MiB" ? GoalMebibytes : null;
            var row = new Row($"training at scale, {parts[0]}", $"{rows:#,0} rows", parts[2], Sample.Of([value]), goal);
            bench.Rows.Add(row with { LessIsBetter = true });
        }
        child.WaitForExit();
        if (child.ExitCode != 0) throw new InvalidOperationException($"training at scale ended with {child.ExitCode}");
    }

    /// <param name="args">The folder of the dataset.</param>
    public static int RunChild(string[] args)
    {
        var most = new MostMemory();
        var data = Step("reading", most, () => new DatasetReader(new()).Read(args[0], DatasetFolder.Train).Dataset!);
        Step("autoencoder, two epochs, and densities", most,
            () => DatasetTraining.FitDetector(data, new(Epochs: 2, Patience: 2, Threads: Threads)));
        Step("classifier, two forests", most, () => DatasetTraining.FitClassifier(data, new(Threads: Threads)));
        Console.WriteLine($"scale: memory was at its most during: {most.Step}");
        return 0;
    }

    private static T Step<T>(string name, MostMemory most, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{watch.Elapsed.TotalSeconds:0.0}\ts"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"most memory up to then\t{most.After(name) / 1048576.0:0}\tMiB"));
        return result;
    }

    /// <summary>The peak of the process, which only grows, and the step that raised it last.</summary>
    private sealed class MostMemory
    {
        private long bytes;

        public string Step { get; private set; } = "";

        public long After(string step)
        {
            using var process = Process.GetCurrentProcess();
            if (process.PeakWorkingSet64 > bytes) (bytes, Step) = (process.PeakWorkingSet64, step);
            return bytes;
        }
    }
}
