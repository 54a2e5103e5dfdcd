namespace IoMTAD.Features;

/// <summary>Where each column of <see cref="CicIoMT2024.V1"/> stands in a row; named as published, misnomers included.</summary>
internal static class V1Column
{
    public const int
        HeaderLength = 0, ProtocolType = 1, Duration = 2, Rate = 3, Srate = 4, Drate = 5, FinFlagNumber = 6, SynFlagNumber = 7,
        RstFlagNumber = 8, PshFlagNumber = 9, AckFlagNumber = 10, EceFlagNumber = 11, CwrFlagNumber = 12, AckCount = 13,
        SynCount = 14, FinCount = 15, RstCount = 16, Http = 17, Https = 18, Dns = 19, Telnet = 20, Smtp = 21, Ssh = 22, Irc = 23,
        Tcp = 24, Udp = 25, Dhcp = 26, Arp = 27, Icmp = 28, Igmp = 29, IPv = 30, Llc = 31, TotSum = 32, Min = 33, Max = 34,
        Avg = 35, Std = 36, TotSize = 37, Iat = 38, Number = 39, Magnitue = 40, Radius = 41, Covariance = 42, Variance = 43,
        Weight = 44;
}
