using System.Globalization;
using System.Text;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Functions.Response;

/// <summary>A notification as a short message of at most two parts (3GPP TS 23.038, TS 23.040): what is the matter, and where to look.</summary>
internal static class SmsText
{
    // Of two parts, each gives up some room to say that they belong together.
    private const int OnePart = 160, TwoParts = 2 * 153, OnePartUnicode = 70, TwoPartsUnicode = 2 * 67;

    /// <summary>The letters of one septet each.</summary>
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Those of two.</summary>
    private const string Extended = "\f^{}\\[~]|€";

    /// <param name="baseAddress">Of the page, for a link; null for none.</param>
    public static string Of(NotificationRequested notification, Uri? baseAddress)
    {
        var text = MessageText.Of(notification, baseAddress);
        var place = text.Link ?? (notification.IncidentId is { } incident ? $"Incident {incident}" : null);
        return Fitted(Plain(text.Subject), place is null ? "" : $"\n{Plain(place)}");
    }

    /// <returns>How many parts the text takes.</returns>
    public static int Parts(string text) => (IsBasic(text), Length(text)) switch
    {
        (true, <= OnePart) or (false, <= OnePartUnicode) => 1,
        (true, var length) => (length + 152) / 153,
        (false, var length) => (length + 66) / 67,
    };

    private static string Fitted(string subject, string place)
    {
        // A place that leaves no room for what is the matter is of no use.
        if (Parts(place) > 1) place = "";
        if (Fits(subject + place)) return subject + place;
        var letters = new StringInfo(subject);
        for (var kept = letters.LengthInTextElements - 1; ; kept--)
            if (letters.SubstringByTextElements(0, Math.Max(kept, 1)).TrimEnd() + "..." + place is var shorter && (Fits(shorter) || kept <= 1)) return shorter;
    }

    private static bool Fits(string text) => Length(text) <= (IsBasic(text) ? TwoParts : TwoPartsUnicode);

    private static int Length(string text) => IsBasic(text) ? text.Sum(c => Extended.Contains(c, StringComparison.Ordinal) ? 2 : 1) : text.Length;

    private static bool IsBasic(string text) =>
        text.All(c => Basic.Contains(c, StringComparison.Ordinal) || Extended.Contains(c, StringComparison.Ordinal));

    /// <summary>One letter that is not among them would make every letter of the message twice as long.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            plain.Append(c switch { '…' => "...", '–' or '—' => "-", '‘' or '’' => "'", '“' or '”' or '„' => "\"", '\u00a0' => " ", _ => c.ToString() });
        return plain.ToString();
    }
}
