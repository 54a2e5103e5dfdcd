using System.Net;
using System.Net.Sockets;
using IoMTAD.Functions.Training;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace IoMTAD.Functions.Tests.Training;

/// <summary>A task hub in this process, with <see cref="TrainModels"/> and the steps that it is given.</summary>
internal static class DurableHost
{
    public static TrainingRequest Request { get; } = new("ward", "data/ward", 0.01, null, "a test") { RetryAfter = TimeSpan.FromMilliseconds(1), Epochs = 2 };

    /// <summary>As a field: Durable's analysers fail on a method of another assembly.</summary>
    private static readonly Func<TaskOrchestrationContext, TrainingRequest, Task<TrainingOutcome>> Orchestrator = TrainModels.RunAsync;

    /// <summary>The host's own server writes every request to the console, and takes no logger that would not.</summary>
    static DurableHost() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Error");

    public static Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry> steps) => DurableTaskTestHost.StartAsync(
        registry =>
        {
            registry.AddOrchestratorFunc(nameof(TrainModels), Orchestrator);
            steps(registry);
        },
        new DurableTaskTestHostOptions { Port = FreePort() }, TestContext.Current.CancellationToken);

    public static async Task<OrchestrationMetadata> RunAsync(this DurableTaskTestHost host, TrainingRequest request)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(TrainModels), request, TestContext.Current.CancellationToken);
        return await host.EndAsync(id);
    }

    public static Task<OrchestrationMetadata> EndAsync(this DurableTaskTestHost host, string id) =>
        host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);

    /// <summary>Where training stands once a version waits for approval. Durable has no signal for that, so it is asked until it says so.</summary>
    public static async Task<TrainingState> ProposedAsync(this DurableTaskClient client, TrainingDesk desk)
    {
        while (true)
        {
            if (await desk.StatusAsync(client, TestContext.Current.CancellationToken) is { Status.Proposed: not null, Running: true } state) return state;
            await Task.Yield();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
