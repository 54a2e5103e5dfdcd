namespace IoMTAD.Features;

/// <summary>Where each column of <see cref="CicIoMT2024.V2"/> stands in a row; named as published, misnomers included.</summary>
internal static class V2Column
{
    public const int
        HeaderLength = 0, ProtocolType = 1, TimeToLive = 2, Rate = 3, FinFlagNumber = 4, SynFlagNumber = 5, RstFlagNumber = 6,
        PshFlagNumber = 7, AckFlagNumber = 8, EceFlagNumber = 9, CwrFlagNumber = 10, AckCount = 11, SynCount = 12, FinCount = 13,
        RstCount = 14, Http = 15, Https = 16, Dns = 17, Telnet = 18, Smtp = 19, Ssh = 20, Irc = 21, Tcp = 22, Udp = 23,
        Dhcp = 24, Arp = 25, Icmp = 26, Igmp = 27, IPv = 28, Llc = 29, TotSum = 30, Min = 31, Max = 32, Avg = 33, Std = 34,
        TotSize = 35, Iat = 36, Number = 37, Variance = 38;
}
