using System.Text;
using System.Text.Json.Nodes;
using IoMTAD.Inference;

namespace IoMTAD.Core.Tests.Inference;

public sealed class ModelManifestTests
{
    private static readonly ModelManifest Plain = new("m", "window-v1", 10, 8, 0.01, 2, 400, 1,
        new Dictionary<string, string>(), "00", new Dictionary<string, double>());

    [Fact]
    public void A_manifest_from_before_kinds_had_thresholds_is_read_and_has_none()
    {
        var json = JsonNode.Parse(Plain.ToJson())!.AsObject();
        Assert.True(json.Remove("kindThresholds"));

        var older = ModelManifest.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()), out var error);

        Assert.Null(error);
        Assert.Empty(older!.KindThresholds);
        Assert.Equal(Plain.ToJson(), older.ToJson());
    }

    [Fact]
    public void Thresholds_of_kinds_are_the_same_bytes_in_whatever_order_they_came_and_are_read_back()
    {
        var one = Plain with { KindThresholds = new Dictionary<string, float> { ["ventilator"] = 3.25f, ["infusion-pump"] = 1.5f } };
        var other = Plain with { KindThresholds = new Dictionary<string, float> { ["infusion-pump"] = 1.5f, ["ventilator"] = 3.25f } };

        Assert.Equal(one.ToJson(), other.ToJson());
        var read = ModelManifest.Parse(one.ToJson(), out _)!;
        Assert.Equal([("infusion-pump", 1.5f), ("ventilator", 3.25f)], read.KindThresholds.Select(k => (k.Key, k.Value)));
        Assert.Equal(one.ToJson(), read.ToJson());
    }

    [Fact]
    public void Thresholds_of_kinds_that_are_null_make_no_manifest()
    {
        var json = JsonNode.Parse(Plain.ToJson())!.AsObject();
        json["kindThresholds"] = null;

        Assert.Null(ModelManifest.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()), out var error));
        Assert.StartsWith("manifest.json: ", error, StringComparison.Ordinal);
    }
}
