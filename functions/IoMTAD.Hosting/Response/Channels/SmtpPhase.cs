using MailKit;

namespace IoMTAD.Hosting.Response.Channels;

/// <summary>Follows a conversation so far as to know whether the mail itself was begun: from then on a break leaves its outcome open.</summary>
internal sealed class SmtpPhase : IProtocolLogger
{
    /// <summary>The server has been given the mail, or a part of it.</summary>
    public bool IsHandedOver { get; private set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        var sent = buffer.AsSpan(offset, count);
        if (sent.IndexOf("DATA\r\n"u8) >= 0 || sent.StartsWith("BDAT "u8)) IsHandedOver = true;
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        // An answer of 4xx or 5xx is an exception of its own.
    }

    public void Dispose()
    {
    }
}
