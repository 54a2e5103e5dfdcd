namespace IoMTAD.Capture;

/// <summary>Traffic time is nanoseconds since the Unix epoch; dates are for people and for the store.</summary>
public static class TrafficTime
{
    public static DateTimeOffset ToDate(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);

    public static long FromDate(DateTimeOffset date) => (date - DateTimeOffset.UnixEpoch).Ticks * 100;
}
