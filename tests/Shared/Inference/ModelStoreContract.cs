using IoMTAD.Hosting.Inference;
using IoMTAD.Inference;

namespace IoMTAD.Tests.Inference;

/// <summary>What every model store promises. One passes it by a subclass that opens it.</summary>
public abstract class ModelStoreContract : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What the tests keep.</summary>
    protected static AnomalyModel Model => SmallModel.Model;

    private IModelStore Store { get; set; } = null!;

    /// <summary>Opens a new, empty store.</summary>
    protected abstract Task<IModelStore> OpenAsync();

    /// <summary>Changes or, where there are no bytes, deletes a file of a kept bundle behind the store's back.</summary>
    /// <returns>Where it lies, as far as a reason must name it.</returns>
    protected abstract Task<string> OverwriteAsync(string version, string file, byte[]? bytes);

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_bundle_that_was_kept_is_loaded_with_every_byte()
    {
        var other = Model.WithFalseAlarmRate(0.2);
        await Store.KeepAsync(Model.Version, Model.Files, Cancellation);
        await Store.KeepAsync(other.Version, other.Files, Cancellation);
        foreach (var model in (AnomalyModel[])[Model, other])
        {
            var (loaded, error) = await Store.LoadAsync(model.Version, Cancellation);
            Assert.Null(error);
            Assert.Equal(model.Version, loaded!.Version);
            Assert.Equal(model.Files.ToDictionary(f => f.Key, f => f.Value.ToArray()), loaded.Files.ToDictionary(f => f.Key, f => f.Value.ToArray()));
        }
    }

    [Fact]
    public async Task A_version_that_was_never_kept_is_none()
    {
        Assert.Contains("holds no files", (await Store.LoadAsync(Model.Version, Cancellation)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_that_is_damaged_or_not_whole_is_none_and_the_reason_names_the_place_and_the_file()
    {
        foreach (var (file, bytes) in (List<(string, byte[]?)>)
        [
            (AnomalyModel.WeightsFile, [.. Model.Weights.Span, 0]), (AnomalyModel.WeightsFile, null),
            (AnomalyModel.ManifestFile, null), (AnomalyModel.ManifestFile, [1, 2, 3]),
        ])
        {
            await Store.KeepAsync(Model.Version, Model.Files, Cancellation);
            var place = await OverwriteAsync(Model.Version, file, bytes);
            var (loaded, error) = await Store.LoadAsync(Model.Version, Cancellation);
            Assert.Null(loaded);
            Assert.Contains(place, error, StringComparison.Ordinal);
            Assert.Contains(file, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_whole_bundle_of_another_version_is_none()
    {
        await Store.KeepAsync(Model.Version, Model.Files, Cancellation);
        var other = Model.WithFalseAlarmRate(0.2);
        await OverwriteAsync(Model.Version, AnomalyModel.ManifestFile, other.Manifest.ToJson());
        Assert.Contains($"holds {other.Version}, not {Model.Version}", (await Store.LoadAsync(Model.Version, Cancellation)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_bundle_that_is_kept_again_is_mended_and_a_whole_one_is_left_alone()
    {
        await Store.KeepAsync(Model.Version, Model.Files, Cancellation);
        await OverwriteAsync(Model.Version, AnomalyModel.WeightsFile, [1]);
        await Store.KeepAsync(Model.Version, Model.Files, Cancellation);
        Assert.NotNull((await Store.LoadAsync(Model.Version, Cancellation)).Model);
        // A file beside the bundle shows whether it was written anew.
        await OverwriteAsync(Model.Version, "card.md", [2]);
        await Store.KeepAsync(Model.Version, new Dictionary<string, ReadOnlyMemory<byte>>(Model.Files) { ["card.md"] = new byte[] { 3 } }, Cancellation);
        Assert.Equal([2], await ReadAsync(Model.Version, "card.md"));
    }

    [Fact]
    public async Task What_is_no_bundle_of_its_version_is_not_kept()
    {
        var incomplete = new Dictionary<string, ReadOnlyMemory<byte>>(Model.Files);
        incomplete.Remove(AnomalyModel.WeightsFile);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.KeepAsync(Model.Version, incomplete, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.KeepAsync("ward@0123456789abcdef", Model.Files, Cancellation));
        Assert.Contains("holds no files", (await Store.LoadAsync(Model.Version, Cancellation)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_odd_characters_is_kept_where_it_belongs()
    {
        var odd = Model.With(Model.Manifest with { Name = "../ward 7/ä" });
        await Store.KeepAsync(odd.Version, odd.Files, Cancellation);
        Assert.Equal(odd.Version, (await Store.LoadAsync(odd.Version, Cancellation)).Model?.Version);
    }

    /// <summary>A file of a kept bundle.</summary>
    protected abstract Task<byte[]> ReadAsync(string version, string file);
}
