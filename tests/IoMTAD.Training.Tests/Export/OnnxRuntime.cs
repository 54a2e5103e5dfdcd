using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using IoMTAD.Tests;

namespace IoMTAD.Training.Tests.Export;

/// <summary>Runs a model in the real ONNX Runtime, by the script in <c>tests/onnx</c>, and compares its outputs with expected
/// ones.</summary>
internal sealed class OnnxRuntime
{
    private const string Install = "npm ci --ignore-scripts --prefix tests/onnx";

    private static readonly string Scripts = Path.Combine(SharedData.RepositoryRoot, "tests", "onnx");

    private readonly Dictionary<string, Numbers> inputs = new(StringComparer.Ordinal), expected = new(StringComparer.Ordinal);

    public OnnxRuntime Input(string name, float[] values, params int[] dims) =>
        Add(inputs, name, "float32", MemoryMarshal.AsBytes(values.AsSpan()), dims);

    public OnnxRuntime Input(string name, int[] values, params int[] dims) =>
        Add(inputs, name, "int32", MemoryMarshal.AsBytes(values.AsSpan()), dims);

    public OnnxRuntime Expect(string name, float[] values, params int[] dims) =>
        Add(expected, name, "float32", MemoryMarshal.AsBytes(values.AsSpan()), dims);

    public OnnxRuntime Expect(string name, long[] values, params int[] dims) =>
        Add(expected, name, "int64", MemoryMarshal.AsBytes(values.AsSpan()), dims);

    /// <summary>A test that needs the runtime is skipped, and says what installs it, where it is absent.</summary>
    public static void Require()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Scripts, "node_modules", "onnxruntime-node")), $"needs ONNX Runtime: {Install}");
        Assert.SkipUnless(OnPath("node"), $"needs node 20 or later on the PATH; then {Install}");
    }

    /// <summary>Fails where an output differs by more than the tolerance, absolute up to 1 and relative beyond.</summary>
    public void Run(byte[] model, double tolerance, int batch = 256)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.onnx"), model);
        foreach (var (name, numbers) in inputs.Concat(expected)) File.WriteAllBytes(folder.File($"{name}.bin"), numbers.Bytes);
        File.WriteAllText(folder.File("case.json"), JsonSerializer.Serialize(new
        {
            tolerance,
            batch,
            inputs = inputs.ToDictionary(i => i.Key, i => new { type = i.Value.Type, dims = i.Value.Dims }),
            expected = expected.ToDictionary(e => e.Key, e => new { type = e.Value.Type, dims = e.Value.Dims }),
        }));
        var start = new ProcessStartInfo("node", [Path.Combine(Scripts, "parity.mjs"), folder.File("model.onnx"), folder.Path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var report = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        TestContext.Current.TestOutputHelper?.WriteLine(report.TrimEnd() + errors.Result);
        Assert.True(process.ExitCode == 0, report + errors.Result);
        // A model that makes the runtime warn carries something that it does not need.
        Assert.Empty(errors.Result);
    }

    private OnnxRuntime Add(Dictionary<string, Numbers> set, string name, string type, ReadOnlySpan<byte> bytes, int[] dims)
    {
        set.Add(name, new(type, dims, bytes.ToArray()));
        return this;
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));

    private sealed record Numbers(string Type, int[] Dims, byte[] Bytes);
}
