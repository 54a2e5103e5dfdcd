using IoMTAD.Capture;

namespace IoMTAD.Training.Datasets;

/// <summary>How a dataset is read.</summary>
/// <param name="Lenient">What cannot be read is skipped and counted; else the first fault of a file ends the reading.</param>
/// <param name="KeepDuplicates">Test sequences that stand in the training part, or earlier in the test part, are measured too.</param>
/// <param name="WithLeaks">The columns that give the label away are kept.</param>
/// <param name="Inventory">Says which endpoint of a captured frame is the device.</param>
public sealed record DatasetReading(bool Lenient = false, bool KeepDuplicates = false, bool WithLeaks = false, DeviceInventory? Inventory = null)
{
    /// <summary>What of it changes the data, for digests.</summary>
    internal string Identity => string.Join('\n', (Inventory?.Devices ?? []).OrderBy(d => d.Address, StringComparer.Ordinal)
        .Select(d => $"{d.Address} {d.Id} {d.Kind} {d.Ward}").Prepend($"{KeepDuplicates} {WithLeaks}"));
}
