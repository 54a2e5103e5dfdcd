using IoMTAD.Benchmarks.Stages;

namespace IoMTAD.Benchmarks;

/// <summary>All stages in the order of the data's flow, and the table they fill.</summary>
internal static class Suite
{
    private const string Usage = "Usage: IoMTAD.Benchmarks [--quick] [--only STAGE[,STAGE…]]";

    private static readonly string[] Large = [ReadModelStage.Name, ScaleStage.Name];

    private static readonly (string Name, Action<Bench> Run)[] Stages =
    [
        ("segmenter", CaptureStages.Segmenter),
        ("decode", CaptureStages.Decode),
        ("features", CaptureStages.Features),
        ("score", ScoreStage.Run),
        ("pipeline", PipelineStage.Run),
        ("append", AppendStage.Run),
        ("latency", LatencyStage.Run),
        ("memory", MemoryStage.Run),
        ("training", TrainingStage.Run),
        (ReadModelStage.Name, ReadModelStage.Run),
        (ScaleStage.Name, ScaleStage.Run),
    ];

    public static int Run(string[] args)
    {
        if (args is [MemoryStage.ChildArgument, .. var rest]) return MemoryStage.RunChild(rest);
        if (args is [ScaleStage.ChildArgument, .. var data]) return ScaleStage.RunChild(data);
        var only = Only(args, out var quick);
        if (only is null)
        {
            Console.Error.WriteLine($"{Usage}; stages: {string.Join(", ", Stages.Select(s => s.Name))}");
            Console.Error.WriteLine($"{string.Join(" and ", Large)} write gigabytes and take minutes: they run only where --only names them");
            return 2;
        }
        using var bench = new Bench(new Settings(quick));
        foreach (var (name, run) in Stages)
        {
            // What is large runs only when it is asked for.
            if (only.Length > 0 ? !only.Contains(name, StringComparer.Ordinal) : Large.Contains(name, StringComparer.Ordinal)) continue;
            Console.Error.WriteLine($"{name} …");
            run(bench);
        }
        Table.Print(bench.Rows);
        foreach (var note in bench.Notes) Console.WriteLine(note);
        return 0;
    }

    /// <returns>The stages asked for, none for all; null where the arguments are wrong.</returns>
    private static string[]? Only(string[] args, out bool quick)
    {
        string[] only = [];
        quick = false;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick") quick = true;
            else if (args[i] == "--only" && i + 1 < args.Length) only = args[++i].Split(',');
            else return null;
        }
        return Array.TrueForAll(only, name => Stages.Any(s => s.Name == name)) ? only : null;
    }
}
