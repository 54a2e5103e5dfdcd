using System.Security.Cryptography;
using System.Text.Json;

namespace IoMTAD.Training.Steps;

/// <summary>What training steps came to, kept under a digest of their inputs: a run that died goes on where it stopped, and a host may call
/// each step as an activity of its own.</summary>
public interface IStepResults
{
    /// <summary>The files of a finished step, by name; null where it did not finish yet.</summary>
    IReadOnlyDictionary<string, byte[]>? Find(string step, string inputs);

    /// <summary>All files or none, however the process ends.</summary>
    void Keep(string step, string inputs, IReadOnlyDictionary<string, byte[]> files);

    /// <summary>What an unfinished step kept of itself last; null for nothing.</summary>
    byte[]? FindPartial(string step, string inputs);

    /// <summary>Replaces what the step kept of itself.</summary>
    void KeepPartial(string step, string inputs, byte[] state);
}

public static class StepInputs
{
    /// <summary>SHA-256 of the inputs' JSON, lower-case hex.</summary>
    public static string Digest<T>(T inputs) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(inputs)));
}
