using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>The broker's watchdog asks the HL7 gateways and the PACS over HTTP how they are.</summary>
internal sealed class HealthCheck(Device device) : DeviceTask(device)
{
    private readonly TcpConversation conversation = new(device.Timeline, device.Random);
    private readonly Host[] checkedHosts = [.. device.Ward.OfKind(DeviceKind.Hl7Gateway), device.Ward.Pacs];
    private readonly byte[] message = new byte[512];
    private readonly long interval = device.Own(12 * Nano.Second);
    private int next;

    protected override long Begin(long now) => now + Nano.Second;

    protected override long Turn(long now)
    {
        var host = checkedHosts[next++ % checkedHosts.Length];
        var time = conversation.Open(now, Host, host, Http.Port) + 150 * Nano.Microsecond;
        time = conversation.Send(Side.Client, time, message.AsSpan(0, Http.Get(message, host.Id, "/health", "ward-watch/1.2")))
            + Random.Between(Nano.Millisecond, 5 * Nano.Millisecond);
        var length = Http.Response(message, "200 OK", "application/json", "{\"status\":\"up\",\"queue\":0}");
        time = conversation.Send(Side.Server, time, message.AsSpan(0, length)) + 80 * Nano.Microsecond;
        return Next(now, conversation.Close(Side.Server, time), interval / checkedHosts.Length, 0.03);
    }
}
