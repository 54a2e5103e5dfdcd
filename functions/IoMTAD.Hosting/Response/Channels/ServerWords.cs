using System.Text.Json;

namespace IoMTAD.Hosting.Response.Channels;

/// <summary>What a service says of a request in its own words, on one line.</summary>
public static class ServerWords
{
    private const int LongestWords = 300;

    /// <param name="body">Of its answer: text, or JSON with <c>errors[].message</c> or <c>error.message</c>.</param>
    public static string Of(string body) => Shortened(Messages(body) ?? body);

    public static string Shortened(string words)
    {
        var line = words.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestWords ? line : $"{line[..LongestWords]}…";
    }

    private static string? Messages(string body)
    {
        if (!body.StartsWith('{')) return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            List<string> messages = [];
            if (json.RootElement.TryGetProperty("error", out var one)) Add(one, messages);
            if (json.RootElement.TryGetProperty("errors", out var several) && several.ValueKind == JsonValueKind.Array)
                foreach (var each in several.EnumerateArray()) Add(each, messages);
            return messages.Count > 0 ? string.Join("; ", messages) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Add(JsonElement error, List<string> messages)
    {
        if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String)
            messages.Add(message.GetString()!);
    }
}
