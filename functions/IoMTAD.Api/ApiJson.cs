using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IoMTAD.Api;

/// <summary>The one form of JSON that the API speaks and commands print: camel case, enums by name, one line.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    internal static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        // By name alone: a number that stands for no member is refused.
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        return options;
    }
}
