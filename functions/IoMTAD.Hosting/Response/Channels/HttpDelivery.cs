using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response.Channels;

/// <summary>Posts a message as JSON.</summary>
public static class HttpDelivery
{
    /// <param name="json">UTF-8.</param>
    /// <returns>Null, or whom it did not reach.</returns>
    /// <exception cref="DeliveryException">Not delivered.</exception>
    public static async Task<string?> SendAsync(
        Uri url, byte[] json, IReadOnlyDictionary<string, string> headers, TimeProvider time, CancellationToken cancellation)
    {
        using var client = DeliveryHandler.CreateClient(time);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await client.SendAsync(request, cancellation);
        return Recipients(await response.Content.ReadAsStringAsync(CancellationToken.None));
    }

    /// <summary>
    /// Some services accept a message and say for each recipient what became of it (<c>value[].successful</c>). Where another try may reach
    /// somebody else, it is made: they tell the others' repeats.
    /// </summary>
    /// <param name="body">Of its answer.</param>
    /// <returns>Null, or whom it did not reach.</returns>
    /// <exception cref="DeliveryException">It reached nobody, or may reach more.</exception>
    public static string? Recipients(string body)
    {
        if (!body.StartsWith('{')) return null;
        List<(string Words, int Status)> refused;
        int all;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (!json.RootElement.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Array) return null;
            var items = value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).ToList();
            all = items.Count;
            refused = [.. items.Where(i => i.TryGetProperty("successful", out var s) && s.ValueKind == JsonValueKind.False).Select(Refused)];
        }
        catch (JsonException)
        {
            return null;
        }
        if (refused.Count == 0) return null;
        var text = $"not to {string.Join("; not to ", refused.Select(r => r.Words))}";
        if (!refused.TrueForAll(r => r.Status is >= 400 and < 500 and not 429)) throw new DeliveryException(text);
        return refused.Count < all ? text : throw new DeliveryException(text, DeliveryFault.Permanent);
    }

    private static (string Words, int Status) Refused(JsonElement item)
    {
        var status = item.TryGetProperty("httpStatusCode", out var code) && code.TryGetInt32(out var number) ? number : 0;
        var to = item.TryGetProperty("to", out var name) ? name.ToString() : "a recipient";
        var error = item.TryGetProperty("errorMessage", out var message) ? message.ToString() : "";
        return (ServerWords.Shortened(string.Create(CultureInfo.InvariantCulture, $"{to}: {status} {error}")), status);
    }
}
