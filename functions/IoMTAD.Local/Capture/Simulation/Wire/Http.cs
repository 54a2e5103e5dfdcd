namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>HTTP/1.1 requests and responses (RFC 9112), as text.</summary>
internal static class Http
{
    public const int Port = 80;

    public static int Get(Span<byte> to, string host, string path, string agent)
    {
        var w = new ByteWriter(to);
        w.Text("GET ");
        w.Text(path);
        w.Text(" HTTP/1.1\r\nHost: ");
        w.Text(host);
        w.Text("\r\nUser-Agent: ");
        w.Text(agent);
        w.Text("\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        return w.Length;
    }

    public static int Response(Span<byte> to, string status, string contentType, string body)
    {
        var w = new ByteWriter(to);
        w.Text("HTTP/1.1 ");
        w.Text(status);
        w.Text("\r\nContent-Type: ");
        w.Text(contentType);
        w.Text("\r\nContent-Length: ");
        w.Number(body.Length);
        w.Text("\r\nConnection: close\r\n\r\n");
        w.Text(body);
        return w.Length;
    }
}
