using System.Diagnostics;
using System.Globalization;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Models;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>Training on a dataset as large as the published one, in a process of its own: seconds per step and the most memory that it took. It
/// writes gigabytes and takes minutes, so it runs only when it is named.</summary>
internal static class ScaleStage
{
    public const string ChildArgument = "--scale", Name = "scale";

    private const double GoalMebibytes = 4096;

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
            var value = double.Parse(parts[1], CultureInfo.InvariantCulture);
            var memory = parts[2] == "MiB";
            bench.Rows.Add(new($"training at scale, {parts[0]}", $"{rows:#,0} rows", parts[2], Sample.Of([value]), memory ? GoalMebibytes : null)
            {
                LessIsBetter = true,
            });
        }
        child.WaitForExit();
        if (child.ExitCode != 0) throw new InvalidOperationException($"training at scale ended with {child.ExitCode}");
    }

    /// <param name="args">The folder of the dataset.</param>
    public static int RunChild(string[] args)
    {
        var data = Step("reading", () => new DatasetReader(new()).Read(args[0], DatasetFolder.Train).Dataset!);
        Step("autoencoder, two epochs, and densities", () => DatasetTraining.FitDetector(data, new(Epochs: 2)));
        Step("classifier, two forests", () => DatasetTraining.FitClassifier(data, new()));
        return 0;
    }

    private static T Step<T>(string name, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{watch.Elapsed.TotalSeconds:0.0}\ts"));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"most memory up to then\t{process.PeakWorkingSet64 / 1048576.0:0}\tMiB"));
        return result;
    }
}
