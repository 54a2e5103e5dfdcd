using IoMTAD.Recording;

namespace IoMTAD.Hosting.Recording;

/// <summary>Seals noted where this machine cannot write, one a line.</summary>
public static class AnchorFile
{
    /// <exception cref="FormatException">A line is no anchor; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static List<Anchor> Read(string file)
    {
        List<Anchor> anchors = [];
        foreach (var (line, number) in File.ReadLines(file).Select((line, i) => (line, i + 1)))
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                anchors.Add(Anchor.Parse(line));
            }
            catch (FormatException e)
            {
                throw new FormatException($"{file}: line {number}: {e.Message}", e);
            }
        }
        return anchors;
    }

    /// <returns>The line; null where nothing has been sealed yet.</returns>
    public static string? Line(StoreHead head, DateTimeOffset now) =>
        head.Seal is { } seal ? $"{new Anchor(seal.Number, seal.Last, seal.Hash, now)}\n" : null;
}
