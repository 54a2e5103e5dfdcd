using IoMTAD.Api;
using IoMTAD.Functions.Training;
using IoMTAD.Hosting.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace IoMTAD.Functions.Views;

/// <summary>What answers a request, as in the embedded host.</summary>
public sealed class ApiPipeline
{
    private readonly RequestDelegate pipeline;

    public ApiPipeline(IServiceProvider services, RecordFeed feed)
    {
        var application = new ApplicationBuilder(services);
        application.UseForwardedHeaders(Forwarded());
        application.Use(DashboardFiles.HardenAsync);
        application.UseIomtadApi();
        application.UseEndpoints(routes =>
        {
            routes.MapGet("/healthz", () => Results.Text("ok")).ExcludeFromDescription();
            routes.MapGet("/readyz", () =>
                    feed.IsReady ? Results.Text("ready") : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable))
                .ExcludeFromDescription();
            TrainingRoutes.Map(routes.MapIomtadApi());
            DashboardFiles.Map(routes);
        });
        pipeline = application.Build();
    }

    public async Task InvokeAsync(HttpContext context)
    {
        // The function itself is an endpoint too, and was found already: ours are looked for anew.
        var (function, values) = (context.GetEndpoint(), context.Request.RouteValues);
        context.Request.RouteValues = [];
        context.SetEndpoint(null);
        try
        {
            await pipeline(context);
        }
        finally
        {
            context.SetEndpoint(function);
            context.Request.RouteValues = values;
        }
    }

    /// <summary>Nobody but the Functions host on this machine reaches the worker, and it says for whom it asks.</summary>
    private static ForwardedHeadersOptions Forwarded()
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto, ForwardLimit = 1,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        return options;
    }
}
