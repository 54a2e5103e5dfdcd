using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using IoMTAD.Local.Commands;

namespace IoMTAD.Local.Capture.Kafka;

/// <summary>Finds the native library, librdkafka, under the names it has on different systems.</summary>
internal static class KafkaLibrary
{
    public const string Missing = "Kafka needs the native library librdkafka: install it (Debian and Ubuntu: apt-get install librdkafka1; macOS: brew install librdkafka)";

    private const string Name = "librdkafka";
    private static readonly Lazy<bool> Loaded = new(TryLoad);

    /// <summary>Must come before the first use of the client; cheap when repeated.</summary>
    /// <exception cref="CommandException">The library is not installed.</exception>
    public static void Load()
    {
        if (!Loaded.Value) throw new CommandException(Missing);
    }

    /// <summary>Debian's package has no <c>librdkafka.so</c>, only the file with the ABI's number. Once per assembly.</summary>
    internal static void Resolve(Assembly assembly) => NativeLibrary.SetDllImportResolver(assembly, (name, importer, path) =>
        string.Equals(name, Name, StringComparison.Ordinal)
        && (NativeLibrary.TryLoad(Name, importer, path, out var library) || NativeLibrary.TryLoad("librdkafka.so.1", importer, path, out library))
            ? library
            : IntPtr.Zero);

    private static bool TryLoad()
    {
        Resolve(typeof(Library).Assembly);
        try
        {
            return Library.Version > 0;
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidOperationException or TypeInitializationException)
        {
            return false;
        }
    }
}
