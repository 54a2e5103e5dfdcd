namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>The TCP ports that scanners try.</summary>
internal static class ScanPorts
{
    private static readonly int[] BestKnown =
        [80, 443, 22, 21, 23, 25, 53, 110, 111, 113, 135, 139, 143, 199, 256, 445, 554, 587, 993, 995, 1025, 1720, 1723, 3306, 3389, 5900,
         8080, 8888];

    private static readonly int[] Known =
    [
        7, 9, 13, 26, 37, 79, 81, 88, 104, 106, 119, 144, 179, 389, 427, 444, 465, 513, 514, 515, 543, 544, 548, 631, 646, 873, 990, 1433,
        1755, 1883, 1900, 2000, 2001, 2049, 2121, 2575, 2717, 3000, 3128, 3986, 4899, 5000, 5009, 5051, 5060, 5101, 5190, 5357, 5432, 5631,
        5666, 5800, 6000, 6001, 6646, 7070, 8000, 8008, 8009, 8081, 8443, 8883, 9100, 9999, 10000, 11112, 32768, 49152, 49153, 49154, 49155,
    ];

    public static int[] InProbeOrder(SimulationRandom random, int count)
    {
        var first = (int[])BestKnown.Clone();
        random.Shuffle(first);
        var rest = Known.Concat(Enumerable.Range(1, 65_535).Where(p => p % 61 == 3)).Except(BestKnown).Take(count - first.Length).ToArray();
        random.Shuffle(rest);
        return [.. first, .. rest];
    }
}
