using System.IO.Compression;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IoMTAD.Training.Steps;

namespace IoMTAD.Functions.Training;

/// <summary>Step results in a container: <c>step-digest.zip</c> holds the files of a finished step, <c>step-digest.partial</c> the state of an
/// unfinished one. A blob is there whole or not at all, and so are the files in it.</summary>
public sealed class BlobStepResults(BlobContainerClient container) : IStepResults
{
    public IReadOnlyDictionary<string, byte[]>? Find(string step, string inputs)
    {
        if (Download($"{Place(step, inputs)}.zip") is not { } bytes) return null;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return archive.Entries.ToDictionary(e => e.FullName, Read, StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            // Damaged: the step is then done again.
            return null;
        }
    }

    public void Keep(string step, string inputs, IReadOnlyDictionary<string, byte[]> files)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }
        Upload($"{Place(step, inputs)}.zip", buffer.ToArray());
        container.DeleteBlobIfExists($"{Place(step, inputs)}.partial");
    }

    public byte[]? FindPartial(string step, string inputs) => Download($"{Place(step, inputs)}.partial");

    public void KeepPartial(string step, string inputs, byte[] state) => Upload($"{Place(step, inputs)}.partial", state);

    private byte[]? Download(string name)
    {
        try
        {
            return container.GetBlobClient(name).DownloadContent().Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private void Upload(string name, byte[] bytes)
    {
        try
        {
            container.GetBlobClient(name).Upload(BinaryData.FromBytes(bytes), overwrite: true);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            container.CreateIfNotExists();
            container.GetBlobClient(name).Upload(BinaryData.FromBytes(bytes), overwrite: true);
        }
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    private static string Place(string step, string inputs) => $"{step}-{inputs[..16]}";
}
