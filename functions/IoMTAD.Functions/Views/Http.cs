using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IoMTAD.Functions.Views;

/// <summary>The page, the API and the probes: one function, behind which the embedded host's own routes stand.</summary>
/// <remarks>Anonymous to the Functions host, for its keys cannot be told apart here: who asks is found out by <see cref="ApiPipeline"/>.</remarks>
public sealed class Http(ApiPipeline pipeline)
{
    [Function(nameof(Http))]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient training)
    {
        // What only a function is given: routes find it there.
        request.HttpContext.Features.Set(training);
        return pipeline.InvokeAsync(request.HttpContext);
    }
}
