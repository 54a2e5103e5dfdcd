using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;

namespace IoMTAD.Hosting.Views;

/// <summary>The built page, as it lies in the assembly; a plain notice where it was built without Node.</summary>
public static class DashboardFiles
{
    private const string Prefix = "Dashboard/", Index = "index.html", Notice = "notice.html";

    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly Assembly Assembly = typeof(DashboardFiles).Assembly;
    private static readonly HashSet<string> Names =
        [.. Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..])];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => File(Names.Contains(Index) ? Index : Notice, "no-cache")).ExcludeFromDescription();
        // Their names hold a digest of their content, so they never change.
        routes.MapGet("/assets/{**name}", (string name) => File($"assets/{name}", "public, max-age=31536000, immutable")).ExcludeFromDescription();
        routes.MapGet("/{name}", (string name) => File(name, "no-cache")).ExcludeFromDescription();
    }

    /// <summary>To stand before everything: what browsers may do with our answers.</summary>
    public static Task HardenAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }

    private static FileAnswer File(string name, string caching) => new(name, caching);

    private sealed class FileAnswer(string name, string caching) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            // A name that is not in the assembly reaches no file: nothing is looked for on the disk.
            if (!Names.Contains(name))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            var type = Types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
            context.Response.ContentType = type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
            context.Response.Headers.CacheControl = caching;
            await using var content = Assembly.GetManifestResourceStream(Prefix + name)!;
            await content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
