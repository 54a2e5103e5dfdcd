using IoMTAD.Local.Tests.Commands;
using IoMTAD.Tests;

[assembly: AssemblyFixture(typeof(SimulatedWard))]

namespace IoMTAD.Local.Tests.Commands;

/// <summary>Captures of a small simulated ward and a model of its calm, made by the command line itself when the first test asks for them.</summary>
public sealed class SimulatedWard : IDisposable
{
    private const string Seed = "5";

    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task<string>> benign, attacked, allAttacks, model, store;

    public SimulatedWard()
    {
        benign = new(() => SimulateAsync("benign.pcap", "10m", "--inventory-out", Inventory));
        attacked = new(() => SimulateAsync("attacked.pcap", "2m", "--attack", "TCP_IP-DoS-SYN@60s", "MQTT-Malformed_Data@90s"));
        allAttacks = new(() => SimulateAsync("all.pcap", "10m", "--attack", "all"));
        model = new(async () => await TrainAsync(await benign.Value, "model"));
        store = new(async () => await WatchAsync("store"));
    }

    /// <summary>The ward's devices; there once <see cref="BenignAsync"/> or <see cref="ModelAsync"/> has run.</summary>
    public string Inventory => folder.File("inventory.json");

    /// <summary>Ten minutes without an attack.</summary>
    public Task<string> BenignAsync() => benign.Value;

    /// <summary>Two minutes with a SYN flood and a stretch of malformed MQTT.</summary>
    public Task<string> AttackedAsync() => attacked.Value;

    /// <summary>Some 25 minutes in which every attack and malfunction happens once.</summary>
    public Task<string> AllAttacksAsync() => allAttacks.Value;

    /// <summary>Hastily trained: good enough to tell a flood from a pump.</summary>
    public Task<string> ModelAsync() => model.Value;

    /// <summary>What watching <see cref="AttackedAsync"/> recorded, the model promoted after it; for reading only.</summary>
    public Task<string> StoreAsync() => store.Value;

    /// <summary>A copy that a test may damage.</summary>
    public static string Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        return to;
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> SimulateAsync(string name, string duration, params string[] options)
    {
        var file = folder.File(name);
        await Iomtad.SucceedAsync(["simulate", "--out", file, "--duration", duration, "--seed", Seed, .. options]);
        return file;
    }

    private async Task<string> TrainAsync(string capture, string name)
    {
        await Iomtad.SucceedAsync("train", "--data", capture, "--inventory", Inventory, "--out", folder.File(name),
            "--epochs", "2", "--false-alarm-rate", "0.002");
        return folder.File(name);
    }

    private async Task<string> WatchAsync(string name)
    {
        await Iomtad.SucceedAsync("replay", await AttackedAsync(), "--speed", "max", "--model", await ModelAsync(),
            "--inventory", Inventory, "--store", folder.File(name));
        await Iomtad.SucceedAsync("models", "promote", await ModelAsync(), "--force", "--reason", "the first", "--store", folder.File(name));
        return folder.File(name);
    }
}
