using IoMTAD.Api.Desks;
using IoMTAD.Hosting.Response;
using IoMTAD.Hosting.Response.Settings;
using IoMTAD.Local.Response.Channels;
using IoMTAD.Response;

namespace IoMTAD.Local.Response;

/// <summary>What was written to a file in place of being sent, as its receivers would read it.</summary>
/// <param name="folder">Of the event store.</param>
internal sealed class LetterBox(NotificationSettings settings, string folder, INotificationReads rows, TimeProvider time)
{
    private const int LettersShown = 50;

    /// <returns>Newest first; null where no channel writes to a file.</returns>
    public async Task<IReadOnlyList<Letter>?> ReadAsync(CancellationToken cancellation)
    {
        if (settings.Channels.FirstOrDefault(c => c.Type == "file") is not { } channel) return null;
        List<Letter> letters = [];
        foreach (var written in await FileNotifier.ReadLastAsync(Path.Combine(folder, channel.Target), LettersShown, cancellation))
        {
            var row = await rows.FindAsync(written.NotificationId, cancellation);
            var text = MessageText.Of(written, settings.BaseAddress);
            var at = row?.DeliveredAt ?? row?.RequestedAt ?? time.GetUtcNow();
            letters.Add(new Letter(at, channel.Name, channel.Target, text.Subject, text.Body, written.IncidentId));
        }
        return letters;
    }
}
