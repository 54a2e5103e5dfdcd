using System.Globalization;
using System.Threading.RateLimiting;
using IoMTAD.Api.Desks;
using IoMTAD.Api.Live;
using IoMTAD.Api.Routes;
using IoMTAD.Api.Security;
using IoMTAD.Recording;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IoMTAD.Api;

/// <summary>The HTTP API, the same in both hosts. A host adds its store, its read models, its ward and who may use it.</summary>
public static class ApiServices
{
    public static IServiceCollection AddIomtadApi(this IServiceCollection services, AccessOptions access)
    {
        services.AddSingleton(access);
        services.AddSingleton<ActClock>().AddSingleton<IncidentDesk>().AddSingleton<SuppressionDesk>()
            .AddSingleton<IncidentDetails>().AddSingleton<AccessLog>();
        services.AddSingleton<OverviewOf>().AddSingleton<LiveStream>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDocument.Describe);
        services.AddAuthentication(ApiKeyHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var role in Enum.GetValues<Role>()) authorization.AddPolicy(role.ToString(), policy => policy.RequireAssertion(c => c.User.Is(role)));
        services.AddRateLimiter(options => Limit(options, access.RequestsPerSecond));
        return services;
    }

    /// <summary>What stands before the routes: errors as problem details, who asks, and how often.</summary>
    public static void UseIomtadApi(this IApplicationBuilder application)
    {
        application.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e is FormatException or BadHttpRequestException ? StatusCodes.Status400BadRequest
                : e is System.Data.Common.DbException or IOException ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = _ => false,
        });
        application.UseStatusCodePages();
        application.Use(SameSite.RefuseOthersAsync);
        application.UseRouting();
        application.UseAuthentication();
        application.UseRateLimiter();
        application.UseAuthorization();
    }

    /// <returns>Where a host adds routes of its own, under the same rules.</returns>
    public static RouteGroupBuilder MapIomtadApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").RequireAuthorization(nameof(Role.Viewer)).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        WardRoutes.Map(api);
        IncidentRoutes.Map(api);
        SuppressionRoutes.Map(api);
        RecordRoutes.Map(api);
        ActivityRoutes.Map(api);
        NotificationRoutes.Map(api);
        routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(nameof(Role.Viewer));
        return api;
    }

    private static void Limit(RateLimiterOptions options, int perSecond)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.User.Identity?.IsAuthenticated == true ? $"account {context.User.Name()}" : $"address {context.Connection.RemoteIpAddress}",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 4 * perSecond, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
            }));
        options.OnRejected = (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    }
}
