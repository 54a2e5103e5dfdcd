using System.Text.Json.Nodes;

namespace IoMTAD.Infra.Templates;

/// <summary>The application settings that a template gives to its web apps.</summary>
internal static class AppSettings
{
    /// <summary>Names as written, with two underscores, and what is known of their values.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Template template)
    {
        foreach (var site in template.Of("Microsoft.Web/sites"))
            foreach (var setting in Listed(site.Body["properties"]?["siteConfig"]?["appSettings"])) yield return setting;
        foreach (var config in template.Of("Microsoft.Web/sites/config").Where(c => c.Name.Contains("appsettings", StringComparison.OrdinalIgnoreCase)))
            foreach (var (name, value) in config.Body["properties"] as JsonObject ?? []) yield return (name, Scope.Text(value));
    }

    private static IEnumerable<(string, string)> Listed(JsonNode? list) =>
        list is JsonArray settings ? settings.OfType<JsonObject>().Select(s => (Scope.Text(s["name"]), Scope.Text(s["value"]))) : [];
}
