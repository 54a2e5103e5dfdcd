using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Tests.Worker;

/// <summary>A Functions host in so far as the worker needs one: it starts the built program, asks what functions it has, and calls them.</summary>
internal sealed class WorkerHost : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> calls = [];
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> said = [];
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Dictionary<string, RpcFunctionMetadata> functions = new(StringComparer.Ordinal);
    private IServerStreamWriter<StreamingMessage>? worker;
    private WebApplication? server;
    private Process? process;
    private HttpClient? http;

    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions => functions;

    /// <summary>What the worker wrote, for a test that fails.</summary>
    public string Said => string.Join('\n', said);

    public static async Task<WorkerHost> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellation)
    {
        var host = new WorkerHost();
        try
        {
            await host.ListenAsync(cancellation);
            host.Run(settings);
            await Task.WhenAny(host.started.Task, host.process!.WaitForExitAsync(cancellation)).WaitAsync(TimeSpan.FromMinutes(2), cancellation);
            Assert.True(host.started.Task.IsCompletedSuccessfully, host.Said);
            await host.UntilItListensAsync(cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Forwards a request as the host does: the call by its own channel, the request itself past it.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString();
        request.Headers.Add("x-ms-invocation-id", id);
        var call = CallHttpAsync(id, cancellation);
        var response = await http!.SendAsync(request, cancellation);
        // A function that failed answers nothing of its own: the host makes an error of it.
        var outcome = await call;
        Assert.True(outcome.Result.Status == StatusResult.Types.Status.Success,
            $"{outcome.Result.Exception?.Message}\n{outcome.Result.Exception?.StackTrace}\n{Said}");
        return response;
    }

    /// <summary>Forwards what a browser asks, and what it is answered as it comes.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        var id = Guid.NewGuid().ToString();
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        if (context.Request.ContentLength is > 0) request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray())) request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        request.Headers.Add("x-ms-invocation-id", id);
        request.Headers.Add("X-Forwarded-Host", context.Request.Host.Value);
        request.Headers.Add("X-Forwarded-Proto", context.Request.Scheme);
        var call = CallHttpAsync(id, context.RequestAborted);
        using var response = await http!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            if (name != "Transfer-Encoding") context.Response.Headers[name] = values.ToArray();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        await call;
    }

    public async Task<InvocationResponse> CallAsync(string function, string id, CancellationToken cancellation, params ParameterBinding[] inputs)
    {
        var call = calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new InvocationRequest { InvocationId = id, FunctionId = functions[function].FunctionId, TraceContext = new(), RetryContext = new() };
        request.InputData.AddRange(inputs);
        await WriteAsync(new StreamingMessage { InvocationRequest = request });
        return await call.Task.WaitAsync(cancellation);
    }

    public static ParameterBinding Input(string name, string text) => new() { Name = name, Data = new TypedData { String = text } };

    /// <summary>Without a warning, as a machine that goes. Calls that go on fail.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        foreach (var call in calls.Values) call.TrySetException(new IOException("the worker was killed"));
    }

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        worker = responseStream;
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken)) await HearAsync(message);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        http?.Dispose();
        if (server is not null) await server.DisposeAsync();
        writing.Dispose();
    }

    private Task<InvocationResponse> CallHttpAsync(string id, CancellationToken cancellation) =>
        CallAsync("Http", id, cancellation, Input("request", ""), Input("training",
            """
            {"taskHubName":"t","connectionName":"","creationUrls":{},"managementUrls":{},"baseUrl":"","requiredQueryStringParameters":"",
            "rpcBaseUrl":"http://127.0.0.1:1/","maxGrpcMessageSizeInBytes":4194304,"grpcHttpClientTimeout":"\"00:00:10\""}
            """));

    /// <summary>The worker speaks before it listens, and says nothing when it does: a host tries again too.</summary>
    private async Task UntilItListensAsync(CancellationToken cancellation)
    {
        var address = http!.BaseAddress!;
        while (true)
        {
            try
            {
                using var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync(address.Host, address.Port, cancellation);
                return;
            }
            catch (System.Net.Sockets.SocketException) when (!process!.HasExited)
            {
                await Task.Delay(50, cancellation);
            }
        }
    }

    private async Task HearAsync(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                await WriteAsync(new StreamingMessage
                {
                    WorkerInitRequest = new WorkerInitRequest
                    {
                        HostVersion = "4.0.0", FunctionAppDirectory = AppFolder, WorkerDirectory = AppFolder,
                    },
                });
                break;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
                {
                    BaseAddress = new Uri(message.WorkerInitResponse.Capabilities["HttpUri"]),
                };
                await WriteAsync(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = AppFolder } });
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                foreach (var function in message.FunctionMetadataResponse.FunctionMetadataResults)
                {
                    if (function.FunctionId.Length == 0) function.FunctionId = Guid.NewGuid().ToString();
                    functions[function.Name] = function;
                    await WriteAsync(new StreamingMessage
                    {
                        FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function },
                    });
                }
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                said.Enqueue($"loaded {message.FunctionLoadResponse.FunctionId}: {message.FunctionLoadResponse.Result}");
                if (message.FunctionLoadResponse.FunctionId == functions.Values.Last().FunctionId) started.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (calls.TryRemove(message.InvocationResponse.InvocationId, out var call)) call.TrySetResult(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                said.Enqueue($"{message.RpcLog.Category}: {message.RpcLog.Message} {message.RpcLog.Exception?.Message}");
                break;
        }
    }

    private async Task WriteAsync(StreamingMessage message)
    {
        await writing.WaitAsync();
        try
        {
            await worker!.WriteAsync(message);
        }
        finally
        {
            writing.Release();
        }
    }

    private static string AppFolder => Path.GetDirectoryName(typeof(AzureHost).Assembly.Location)!;

    private async Task ListenAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(this);
        builder.Services.AddGrpc();
        server = builder.Build();
        server.MapGrpcService<WorkerHost>();
        await server.StartAsync(cancellation);
    }

    private void Run(IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppFolder, "IoMTAD.Functions.dll"), "--functions-uri", server!.Urls.First(), "--functions-request-id", "r",
                "--functions-worker-id", "w", "--functions-grpc-max-message-length", "2147483647",
            },
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppFolder,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = AppFolder;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }
}
