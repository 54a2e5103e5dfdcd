using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace IoMTAD.Api;

/// <summary>What the OpenAPI document says beside the routes themselves.</summary>
internal static class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "IoMTAD";
            document.Info.Description = "Abnormal network behaviour of medical devices: incidents and acts on them, the forensic record, the ward live. "
                + "From the machine itself no login is needed; from elsewhere an API key as bearer token, with the role viewer, responder, analyst or admin.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [Security.ApiKeyHandler.SchemeName] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key.",
                },
            };
            return Task.CompletedTask;
        });
    }
}
