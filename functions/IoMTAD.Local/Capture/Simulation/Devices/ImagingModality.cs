using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>Sends series of CT images to the PACS by C-STORE, and asks by C-ECHO in between whether it is there.</summary>
internal sealed class ImagingModality : DeviceTask
{
    private const int ImageSide = 96;
    private const int EchoRequest = 0x0030, StoreRequest = 0x0001, Response = 0x8000;
    private readonly TcpConversation conversation;
    private readonly byte[] pdu = new byte[512];
    private readonly byte[] dataSet = new byte[24_576];
    private readonly byte[] image = new byte[25_600];
    private readonly long echoInterval;
    private readonly long betweenSeries;
    private int number;

    public ImagingModality(Device device) : base(device)
    {
        conversation = new TcpConversation(device.Timeline, device.Random);
        echoInterval = device.Own(9 * Nano.Second);
        betweenSeries = device.Own(50 * Nano.Second);
    }

    protected override long Begin(long now) => Boot(now, Ward.Pacs) + Nano.Second;

    protected override long Turn(long now)
    {
        var end = Device.Happens(now, echoInterval, betweenSeries)
            ? Store(now, Random.Between(6, 20))
            : Echo(now);
        return Next(now, end, echoInterval, 0.05);
    }

    private long Echo(long time)
    {
        time = Associate(time, Dicom.Verification);
        time = Ask(time, Dicom.Command(pdu, EchoRequest, Dicom.Verification, 1));
        time = Answer(time, Dicom.Command(pdu, EchoRequest + Response, Dicom.Verification, 1));
        return Release(time);
    }

    private long Store(long time, int images)
    {
        time = Associate(time, Dicom.CtImageStorage);
        for (var message = 1; message <= images; message++)
        {
            // Always the same number of digits, so that only the pixels' compression would make two images differ in length.
            var instance = $"2.25.196431887541.{1_000_000 + ++number}";
            time = Ask(time, Dicom.Command(pdu, StoreRequest, Dicom.CtImageStorage, message, instance));
            var length = Dicom.Image(dataSet, Random, instance, ImageSide);
            length = Dicom.DataPdus(image, dataSet.AsSpan(0, length));
            time = conversation.Send(Side.Client, time + 60 * Nano.Microsecond, image.AsSpan(0, length)) + Nano.Millisecond;
            time = Answer(time, Dicom.Command(pdu, StoreRequest + Response, Dicom.CtImageStorage, message, instance));
            time += Random.Between(15 * Nano.Millisecond, 60 * Nano.Millisecond);
        }
        return Release(time);
    }

    private long Associate(long time, string abstractSyntax)
    {
        time = conversation.Open(time, Host, Ward.Pacs, Dicom.Port);
        time = Ask(time + 500 * Nano.Microsecond, Dicom.Associate(pdu, abstractSyntax, accept: false));
        return Answer(time, Dicom.Associate(pdu, abstractSyntax, accept: true));
    }

    private long Release(long time)
    {
        time = conversation.Send(Side.Client, time, Dicom.ReleaseRequest) + conversation.Latency();
        time = conversation.Send(Side.Server, time, Dicom.ReleaseResponse) + conversation.Latency();
        return conversation.Close(Side.Client, time);
    }

    private long Ask(long time, int length) =>
        conversation.Send(Side.Client, time, pdu.AsSpan(0, length));

    private long Answer(long time, int length) =>
        conversation.Send(Side.Server, time + Random.Between(400 * Nano.Microsecond, 2 * Nano.Millisecond), pdu.AsSpan(0, length))
        + conversation.Latency();
}
