using Microsoft.AspNetCore.Http;

namespace IoMTAD.Api.Security;

/// <summary>A page of another site must not act through a browser at this machine, where no key is asked for.</summary>
internal static class SameSite
{
    public static Task RefuseOthersAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var writes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
        if (writes && (IsForeign(request) || !request.HasJsonContentType()))
        {
            // A browser sends JSON to another site only after asking, and nobody here says yes.
            context.Response.StatusCode = IsForeign(request) ? StatusCodes.Status403Forbidden : StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }
        return next(context);
    }

    private static bool IsForeign(HttpRequest request) => request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var site) && site.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
